import type { ListEntry } from './entry.ts'

/** The columns that the US lists keep for ships; empty where nothing is known. */
export interface VesselColumns {
  readonly callSign: string
  readonly type: string
  readonly tonnage: string
  readonly grossTonnage: string
  readonly owner: string
}

/** What those columns say, as an entry has it. The flag is a country of the entry and left to the reader. */
export function vesselFacts(vessel: VesselColumns): Pick<ListEntry, 'identifiers' | 'links' | 'remarks'> {
  const said = (label: string, value: string) => (value === '' ? [] : [`${label} ${value}`])
  return {
    identifiers:
      vessel.callSign === '' ? [] : [{ kind: 'call-sign', value: vessel.callSign, country: null, issued: null, expires: null, note: null }],
    links: vessel.owner === '' ? [] : [{ relation: 'Vessel Owner', name: vessel.owner, id: null }],
    remarks: [
      ...said('Vessel Type', vessel.type),
      ...said('Vessel Tonnage', vessel.tonnage),
      ...said('Vessel Gross Registered Tonnage', vessel.grossTonnage),
    ],
  }
}
