/** Name and version of the rules by which a trace is made: changes whenever the same inputs could give other bytes. */
export const ENGINE = 'cordon-trace/1'
