// Made by `npm run client` of the OpenAPI document of the node. Do not edit: change the doors, and make it again.

export interface paths {
  '/api/v1/alerts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List alerts, newest first
     * @description Without their facts and their life: read one for these.
     */
    get: operations['alert.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/alerts/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read an alert, with its facts and its life */
    get: operations['alert.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/alerts/{id}/actions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Acknowledge an alert, hand it on, close or reopen it
     * @description A closed alert opens again by itself for a fact that it did not have.
     */
    post: operations['alert.act']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List cases, newest first */
    get: operations['case.list']
    put?: never
    /** Open a case */
    post: operations['case.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a case, with how much it holds */
    get: operations['case.read']
    /**
     * Change what is written in a case
     * @description All of it: what is left out is empty afterwards. Status, assignees and contents have doors of their own.
     */
    put: operations['case.change']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/assignees': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Say who works on a case
     * @description People of the organisation that owns it. To be assigned opens nothing: the label does.
     */
    put: operations['case.assign']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/claims': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Note a claim in a case
     * @description As notes: a case of your own organisation holds it; to another it refers.
     */
    post: operations['claim.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/contents': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What a case holds, newest first */
    get: operations['case.contents']
    put?: never
    /**
     * Put an object into a case
     * @description Any object that you may read, of whatever organisation. From then on the case is closed to whoever the object is closed to.
     */
    post: operations['case.attach']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/contents/{object}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Take an object out of a case
     * @description The object stays, and that it was in the case stays in the record. The case opens again as far as what is left lets it.
     */
    delete: operations['case.detach']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/custody': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The chain of custody of every file in a case
     * @description What the Berkeley Protocol on Digital Open Source Investigations (OHCHR, HR/PUB/20/2), chapter VI.C-D asks, and what of it nobody wrote down.
     */
    get: operations['case.custody']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/custody/text': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The chain of custody of every file in a case, as plain text
     * @description Names the people of your own organisation; those of others are told by their ids.
     */
    get: operations['case.custody-text']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/denials': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Note a denial in a case, and which claims it disputes
     * @description As notes: a case of your own organisation holds it; to another it refers.
     */
    post: operations['denial.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/export': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A case and all that it holds in one document, each object with the proof that it is in the record
     * @description What you may read, in its latest version. Every object can be checked offline: its hash is in the entry, and the entry is under a signed checkpoint. Where something was written in the last second, ask again.
     */
    get: operations['case.export']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/guard': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What guards a case: its own label and those of all that it holds */
    get: operations['case.guard']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/notes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Write a note to a case
     * @description A case of your own organisation holds it, and is closed from then on to whoever the note is closed to: give it a label where others read the case. To a case of another organisation the note refers, and its owner may attach it.
     */
    post: operations['note.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/status': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Start, suspend, resume, close or reopen a case
     * @description A closed case, and what it holds, stays as it is until it is reopened.
     */
    post: operations['case.act']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/{id}/timeline': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What happened to a case and to what it holds, newest first */
    get: operations['case.timeline']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/cases/facets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Count cases by status, priority, owner, assignee and tag
     * @description With the filters of the list. At most 100 values of each are given, the most frequent.
     */
    get: operations['case.count']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/claims/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a claim */
    get: operations['claim.read']
    /** Change a claim; what it said before is kept */
    put: operations['claim.change']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/claims/{id}/denials': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The denials that dispute a claim, newest first */
    get: operations['claim.denials']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/colleagues': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The people of your own organisation, by name
     * @description Their ids, to assign a case, to name the team of a freeze request or the readers of a label, and to see who did what. Of other organisations’ people nothing is told here.
     */
    get: operations['person.colleagues']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/deconflict/holdings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** See what your organisation has filed */
    get: operations['deconflict.holdings']
    put?: never
    /**
     * File what an object of yours holds, to learn whether another team holds it too
     * @description Accounts are kept as tokens that only the node’s key can make. They are compared at the end of the round, together with all that was filed in it. Without accounts: of a request its deposit addresses, of a watch what it watches, of a trace its end points, of a case those of what it holds.
     */
    post: operations['deconflict.file']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/deconflict/holdings/{object}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Take back what was filed of an object */
    delete: operations['deconflict.withdraw']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/deconflict/notices': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * See in which rounds another team turned out to hold something that you hold
     * @description At most one notice a round, however much met. It says neither what, nor who, nor how many.
     */
    get: operations['deconflict.notices']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/denials/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a denial */
    get: operations['denial.read']
    /** Change a denial; what it said before is kept */
    put: operations['denial.change']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What changes, as server-sent events
     * @description Each event says which object changed, how, and to which version; read it for its content. A missed deadline of a freeze request is an event of the request as well (`overdue-…`), once; so is `content-relabelled` of a container whose content was released or restricted. `id` is a cursor: a client that sends it in Last-Event-ID (or `after`) misses nothing. Of what is not released to you there is no event.
     */
    get: operations['events.stream']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/exchanges': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List exchanges and issuers that can be asked, and those that must not be */
    get: operations['exchange.list']
    put?: never
    /**
     * Write an entry of your organisation’s own
     * @description For your organisation it takes the place of Cordon’s entry of the same id. Verify a channel by telephone before there is a case: a request that goes to the wrong address warns the thief.
     */
    post: operations['exchange.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/exchanges/{exchange}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the entry of an exchange */
    get: operations['exchange.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/exchanges/{exchange}/own': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read your organisation’s own entry as it is kept */
    get: operations['exchange.own']
    /** Change your organisation’s own entry */
    put: operations['exchange.change']
    post?: never
    /**
     * Withdraw your organisation’s own entry
     * @description Its versions stay. Cordon’s own entry stands again, if there is one.
     */
    delete: operations['exchange.withdraw']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/exchanges/request-schema': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the JSON Schema of the document that an exchange receives */
    get: operations['request.schema']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List files, newest first */
    get: operations['file.list']
    put?: never
    /**
     * Keep an upload as a file
     * @description Say where it was found, when it was captured, by whom and with what: it cannot be found out later.
     */
    post: operations['file.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read what is known of a file */
    get: operations['file.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/{id}/content': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Fetch the bytes of a file
     * @description To be saved, never shown in place. Range requests are answered.
     */
    get: operations['file.content']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/{id}/custody': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List what was done with a file, oldest first
     * @description Its chain of custody, from the record: collection, verification, every view and export (Berkeley Protocol, chapter VI). People of the owner see all of it, others what the owner and their own organisation did.
     */
    get: operations['file.custody']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/{id}/provenance': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Change what is known of where a file came from
     * @description Earlier versions stay. The content, its hash and who sent it when never change.
     */
    put: operations['file.change']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/files/{id}/verify': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Hash a file again
     * @description All its bytes are read from the disk and hashed; the outcome is in the record.
     */
    post: operations['file.verify']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/heists': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Thefts attributed to the DPRK, by date */
    get: operations['heist.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/heists/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** A theft with everything that is claimed of it, by whom and from which source */
    get: operations['heist.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/heists/{id}/case': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Open a case from a theft, with its claims and denials, their sources, and the seeds of a trace
     * @description All of it has one label. The case names the SHA-256 of the register, so that it stays known what the register said then.
     */
    post: operations['heist.open-case']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/heists/{id}/seeds': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Where a trace of a theft begins on a chain
     * @description The chain may be left off where there is but one.
     */
    get: operations['heist.seeds']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/heists/account': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The yearly account: stolen, laundered, in mixers, frozen, recovered, held; in cents
     * @description `lowest`: the lowest claim of each theft that is not contested. `highest`: the highest claim of every theft. `publisher`: what one publisher says (`by`). Claims are never averaged; nothing known counts as nothing.
     */
    get: operations['heist.account']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/heists/record-year': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The year with the most money stolen, by each source that has figures by year */
    get: operations['heist.record-year']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/jobs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List jobs, newest first */
    get: operations['job.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/jobs/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a job, and how far it is */
    get: operations['job.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/jobs/{id}/cancel': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Stop a job
     * @description What waits is cancelled at once; what runs is `stopping` until its process has ended. A job that was done by then is done.
     */
    post: operations['job.cancel']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/jobs/{id}/resume': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Begin a job anew that failed, was cancelled or interrupted
     * @description It then runs for whoever resumes it.
     */
    post: operations['job.resume']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List ledgers
     * @description Imported ledgers newest first; those of the configuration come with the first page.
     */
    get: operations['ledger.list']
    put?: never
    /**
     * Make an empty ledger
     * @description Import into it with a job. Its label closes everything that is made from it too.
     */
    post: operations['ledger.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read what a ledger holds and where it came from */
    get: operations['ledger.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/accounts/{address}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Read what an account had moved and held
     * @description Sums per asset over a window of time; the balance is that at its end.
     */
    get: operations['ledger.balances']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/accounts/{address}/transfers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List transfers of an account in chain order
     * @description A page may be short, or empty, before the last: `next` says whether there is more.
     */
    get: operations['ledger.transfers']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/append': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Add newer blocks to a ledger
     * @description What the ledger has is not read again. A source is followed so: each append brings what its chain has since, and undoes blocks that it has left.
     */
    post: operations['ledger.append']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/clusters': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Bitcoin: find addresses that share an owner by common inputs
     * @description Starts a job; its result is a file with what was found and the evidence.
     */
    post: operations['tag.clusters']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/coinjoins': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Bitcoin: find transactions that mix the coins of several owners
     * @description Starts a job; its result is a file with what was found and the evidence.
     */
    post: operations['tag.coinjoins']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/deposits': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Find deposit addresses of tagged exchanges
     * @description Starts a job; its result is a file with what was found and the evidence, and where anything was found a `tagPack`: a file of tags to be named where tags are wanted, or taken elsewhere.
     */
    post: operations['tag.deposits']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/export': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Write a ledger as Parquet files
     * @description For every other tool. The result names the files.
     */
    post: operations['ledger.export']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/import': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Import files into a ledger
     * @description Uploads and files in any known format, or the blocks of a Bitcoin node that is a source, replace what the ledger held. Until that is done it answers as before.
     */
    post: operations['ledger.import']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/look-alikes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Find addresses made to be mistaken for others
     * @description Starts a job; its result is a file with what was found and the evidence.
     */
    post: operations['tag.look-alikes']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/peel': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Bitcoin: follow a peel chain
     * @description One owner pays somebody and keeps the rest, again and again: a job follows it, and its result is a file with every hop and its evidence.
     */
    post: operations['trace.peel']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/reach': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * See which accounts value can have reached, and when first
     * @description A superset of what a trace finds under any policy, in a fraction of its time: to look ahead before one.
     */
    post: operations['ledger.reach']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/transactions/{hash}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a transaction */
    get: operations['ledger.transaction']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/ledgers/{ledger}/verify': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Read a whole ledger and compare it with its manifest */
    post: operations['ledger.verify']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Say how each list stands: version in service, age, alarms */
    get: operations['list.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{list}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Say how a list stands, and everything that happened to it */
    get: operations['list.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{list}/diff': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Say what changed from one version of a list to another
     * @description Without `from` the version that was in service before, without `to` the one in service.
     */
    get: operations['list.diff']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{list}/entries/{entry}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read an entry with everything that the list says of it */
    get: operations['list.entry']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/{list}/entries/{entry}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Say whether an entry was listed on a day: by what was known then, and by all versions that there are */
    get: operations['list.history.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Say whether anybody of a name or id was listed on a day, on all lists or one
     * @description A question by POST, so that the name stands in no address. Part of a name is enough; case, accents and punctuation do not count. Screening is another thing and finds far more.
     */
    post: operations['list.history']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/imports': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Import the files of a list
     * @description All files of one list, as uploads or files of the node. Starts a job: they become the new version, confirm the one in service, or are refused, each refusal named by its code; then the version before stays. The list is told by the content, or named.
     */
    post: operations['list.import']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/lists/verify': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Compare every file of the lists with its hash
     * @description Starts a job; its result names each file that is not as it was written.
     */
    post: operations['list.verify']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Who you are here, and what you may do */
    get: operations['me.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/keys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Your API keys, newest first, also those that ended */
    get: operations['key.list']
    put?: never
    /**
     * Make an API key
     * @description Its text is in the answer and nowhere else: the node keeps a hash. A key does at most what you can do now and later, and nothing that needs a person. It is sent as `Authorization: Bearer`.
     */
    post: operations['key.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/keys/{key}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Revoke one of your API keys at once */
    delete: operations['key.revoke']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/passkeys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Your own passkeys */
    get: operations['passkey.list']
    put?: never
    /**
     * Add a passkey
     * @description All your other sessions end, and this one goes on under a new cookie.
     */
    post: operations['passkey.add']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/passkeys/{passkey}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Remove one of your passkeys */
    delete: operations['passkey.remove']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/passkeys/options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Begin to add a passkey
     * @description Options for `navigator.credentials.create`, for whoever signed in within the last 15 minutes.
     */
    post: operations['passkey.options']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Set or change your own password
     * @description All your other sessions end, and this one goes on under a new cookie. Who has a password gives it again.
     */
    put: operations['password.set']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Your own sessions, the last used first */
    get: operations['session.list']
    put?: never
    post?: never
    /** End all your sessions but this one */
    delete: operations['session.end-others']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/sessions/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** End one of your sessions */
    delete: operations['session.end']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/node/backups': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Make a backup of the node, on its own disk
     * @description With a passphrase the keys of the node are sealed into it; without, they are left out and have to be kept elsewhere.
     */
    post: operations['node.backup']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/notes/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a note */
    get: operations['note.read']
    /** Change a note; what it said before is kept */
    put: operations['note.change']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/objects': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Search objects of every kind, newest first */
    get: operations['object.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/objects/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read an object of any kind */
    get: operations['object.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/objects/{id}/label': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Put another label on an object
     * @description Opening takes a releaser of the originating organisation who wrote none of it. Closing may be done by its creator, or a supervisor or releaser of its owner.
     */
    put: operations['object.relabel']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/objects/{id}/links': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What an object is linked to, in both directions */
    get: operations['object.links']
    put?: never
    /** Refer from an object of yours to another */
    post: operations['object.link']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/objects/{id}/proof': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Proof that the version of an object is in the record as it was written
     * @description The entry names the SHA-256 of the version, which anybody can recompute from the object. A proof shows how long the record is, as every proof of a transparency log does.
     */
    get: operations['object.prove']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/objects/{id}/versions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Every version that you may read, oldest first */
    get: operations['object.versions']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/objects/counts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Count objects by kind */
    get: operations['object.count']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/organisations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The organisations of this node, by code */
    get: operations['organisation.list']
    put?: never
    /**
     * Register an organisation
     * @description By administrators of the organisation that runs the node. Code and nation stay as they are: labels were given by them.
     */
    post: operations['organisation.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/overrulings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List overrulings, newest first */
    get: operations['overruling.list']
    put?: never
    /**
     * Propose to overrule the refusal of a list’s files
     * @description A second person approves it; then one of the two imports the same files with it.
     */
    post: operations['overruling.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/overrulings/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read an overruling */
    get: operations['overruling.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/overrulings/{id}/approve': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Approve an overruling as its second person */
    post: operations['overruling.approve']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/persons': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The people whom you look after, by name */
    get: operations['person.list']
    put?: never
    /**
     * Make a person
     * @description The person cannot sign in yet: an invitation or a certificate comes next. Whoever comes from an identity provider need not be made here.
     */
    post: operations['person.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/persons/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a person */
    get: operations['person.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Change, disable or enable a person
     * @description What is left out stays. Nobody changes his own roles, caveats, organisation or standing. Whose privileges change is signed out everywhere; whoever is disabled loses his keys too.
     */
    patch: operations['person.change']
    trace?: never
  }
  '/api/v1/persons/{id}/certificates': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The client certificates that stand for a person */
    get: operations['certificate.list']
    put?: never
    /**
     * Register a client certificate for a person
     * @description Whoever holds its key is that person from then on, also a machine. It must come from an authority of tls.clientCa. Nobody registers one for himself.
     */
    post: operations['certificate.register']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/persons/{id}/certificates/{fingerprint}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Take a client certificate from a person */
    delete: operations['certificate.remove']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/persons/{id}/invitation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Invite a person to set up how he signs in
     * @description The link is good once, for three days; links made before end. When it is used, all credentials from before end too. Give it to the person over a channel that you trust.
     */
    post: operations['person.invite']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/record': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The latest signed checkpoint of the record and the key that it is verified with */
    get: operations['record.checkpoint']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/record/consistency': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Proof that the record at one size begins as it was at an earlier one (RFC 6962, section 2.1.2) */
    get: operations['record.consistency']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/record/entries': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Entries of the record, in order
     * @description For auditors. Entries say who did what to which object, and hold no content.
     */
    get: operations['record.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/record/entries/{index}/proof': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Proof that an entry is in the record, to be verified offline */
    get: operations['record.prove']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List requests, newest first
     * @description A page of those that are overdue may be short, or empty, before the last: `next` says whether there is more.
     */
    get: operations['request.list']
    put?: never
    /**
     * Open a request to an exchange, as a draft
     * @description A request is need-to-know from birth: without a label it is yours and the team’s that you name, and nobody else’s of your organisation. Name whoever is to authorise and send it. A label of your own takes the place of that.
     */
    post: operations['request.open']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a request */
    get: operations['request.read']
    /**
     * Change what is asked
     * @description Possible until it is sent. A change takes an authorisation away, and whoever made it cannot authorise.
     */
    put: operations['request.change']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests/{id}/actions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Authorise a request, send it, record what came of it
     * @description To authorise and to send, the request must pass its gate, and the one who authorises must neither have drafted nor changed it: by a session of his own, never by key. `send` keeps the document that leaves, byte for byte; carry it to the exchange by the channel that it names. Fields: acknowledge reference, at; answer answer; extend until, reference; release, reopen, withdraw-authorisation reason; seize reference, reason; authorise may have a reason.
     */
    post: operations['request.act']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests/{id}/clock': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Read the clock of a request
     * @description Every deadline with the seconds that remain, what is overdue, what to do next, and what you can do.
     */
    get: operations['request.clock']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests/{id}/document': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Fetch a request as JSON, PDF or plain text
     * @description What was sent, byte for byte; while it is written, a preview that says so. Equal requests give equal bytes. Fixed words are in the language that is asked for, the request’s own by default; what people wrote stays as they wrote it.
     */
    get: operations['request.document']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests/{id}/gate': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** See everything that a request lacks, at once */
    get: operations['request.gate']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests/{id}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read every step and every answer, oldest first */
    get: operations['request.history']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests/{id}/standing': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read what is asked, held, frozen and short */
    get: operations['request.standing']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/requests/{id}/team': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Name further people for a request, or take some out
     * @description Who opened a request names people of his own organisation, for example the supervisor who is to authorise it. Nobody else can, and nobody of another organisation can be named: that is a release. Those who come later see the request as it is from then on, not its earlier versions.
     */
    put: operations['request.team']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/rules': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List rules, newest first */
    get: operations['rule.list']
    put?: never
    /**
     * Make a rule
     * @description It looks with the eyes of whoever wrote it last: what he may not read raises no alert. Its label is that of its alerts, which are closed further by what they are about. It counts for what happens from now on; POST /watches/check looks back.
     */
    post: operations['rule.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/rules/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a rule */
    get: operations['rule.read']
    /**
     * Change a rule, or take it over
     * @description From then on it looks with your eyes. `enabled` switches it off and on.
     */
    put: operations['rule.change']
    post?: never
    /** End a rule; what it said stays */
    delete: operations['rule.end']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/again': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask the kept questions of your organisation again, a page at a time
     * @description Of all lists as they are, or of `lists`, or as they were `at` a time. Newest first; go on with `next` until there is none. With `keep`, what differs becomes the next version of its screening.
     */
    post: operations['screen.again']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/batch': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask many questions at once
     * @description Up to 1,000 in one request; larger files are uploaded and screened as a job. A row that cannot be asked is told with its reason, and the others are answered.
     */
    post: operations['screen.batch']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/decisions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List decisions, newest first */
    get: operations['decision.list']
    put?: never
    /**
     * Decide on a kept screening
     * @description A true match, a false positive with a score of 0.9 or above, and one against a paper, wallet or ship number that agrees wait for a second person. A false positive that stands holds back the same hit on the same customer until either side changes, it expires, or somebody doubts it.
     */
    post: operations['decision.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/decisions/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a decision */
    get: operations['decision.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/decisions/{id}/second': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Look at a decision as its second person
     * @description Somebody else than who decided, who signed in himself. Who disagrees refuses the decision, which counts as a doubt.
     */
    post: operations['decision.second']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/exposures': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Look for listed parties behind what reached a wallet
     * @description Goes back over a ledger of the node, or a live server among its sources: who is listed at the wallet, who of the listed dealt with it, which share of what reached it leads back to them. Starts a job; its result names the document and tells it in words.
     */
    post: operations['screen.exposure']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/files': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Screen a file of customers or payments
     * @description CSV, JSON lines, a JSON document, Parquet or IVMS101: an upload, or a file of the node. Starts a job; its result names the files with answers, summary and what was refused. Decisions count as they stand now, and so do lists unless `at` says otherwise.
     */
    post: operations['screen.file']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/files/again': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask the questions of an earlier batch again
     * @description Give the `answers.jsonl` of an earlier job. Its result names the files with what changed, and with the answers of now; with `lists` or `at`, of those lists, or as they were then. The setting is that of each earlier answer, unless another is given.
     */
    post: operations['screen.file-again']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/name': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Look for a person, body, ship or aircraft by name, in any script
     * @description An answer without hits says: no potential match on these lists as of these versions. It clears nobody. The record holds a keyed hash of the question, never the question.
     */
    post: operations['screen.name']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/screenings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List kept screenings, newest first */
    get: operations['screening.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/screenings/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a kept screening */
    get: operations['screening.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/screenings/{id}/again': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask a kept question again, and say what is different and why
     * @description Of all lists as they are, or of `lists`, or as they were `at` a time. With `keep` the answer of now becomes the next version of the screening, which needs If-Match.
     */
    post: operations['screening.again']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/suppressions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Say what your organisation’s decisions hold back for a customer
     * @description A question by POST, so that the customer stands in no address. One that has expired, or whose entry or customer is another now, holds nothing back.
     */
    post: operations['screen.suppressions']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/vessel': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Look for a ship by IMO number, MMSI, call sign and name together
     * @description An answer without hits says: no potential match on these lists as of these versions. It clears nobody. The record holds a keyed hash of the question, never the question.
     */
    post: operations['screen.vessel']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/screen/wallet': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Look for a wallet on the lists
     * @description An answer without hits says: no potential match on these lists as of these versions. It clears nobody. The record holds a keyed hash of the question, never the question.
     */
    post: operations['screen.wallet']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sign-in': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The ways to sign in here */
    get: operations['sign-in.ways']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sign-in/oidc/{provider}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Begin to sign in at an identity provider
     * @description Gives the address to which the browser goes. In the session of an invitation it links the account there to the invited person.
     */
    post: operations['sign-in.oidc']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sign-in/passkey': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sign in with a passkey
     * @description Opens a session, which is a cookie. Whatever is wrong, the answer is the same.
     */
    post: operations['sign-in.passkey']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sign-in/passkey/options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Begin to sign in with a passkey
     * @description Options for `navigator.credentials.get`. They name nobody. The challenge is good once, for five minutes.
     */
    post: operations['sign-in.passkey-options']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sign-in/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sign in with a password
     * @description Opens a session, which is a cookie. Whatever is wrong, the answer is the same. Failures make the next try wait, by account and by address.
     */
    post: operations['sign-in.password']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sign-out': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** End this session */
    post: operations['sign-out']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sources': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List the Bitcoin nodes and Esplora servers that this node may ask
     * @description All of them, by name. Where they are is the operator’s. A server sees what it is asked.
     */
    get: operations['source.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/tags': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List tags of this node, newest first
     * @description Tag objects, not the tags of the node’s files: those are looked up by address.
     */
    get: operations['tag.list']
    put?: never
    /** Tag an address */
    post: operations['tag.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/tags/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a tag */
    get: operations['tag.read']
    /** Change a tag */
    put: operations['tag.change']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/tags/check': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Check files of tags
     * @description Starts a job; its result says what they hold, what was refused and where they contradict each other.
     */
    post: operations['tag.check']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/tags/library': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read what files of tags the node has */
    get: operations['tag.library']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/tags/look-up/{address}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Look up who is behind an address
     * @description By the tags of the node’s files and the tag objects that you may read: the best claim, what speaks against it, and every tag with its source.
     */
    get: operations['tag.lookup']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/tags/tagpack.yaml': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Fetch the tags that you may read as a TagPack (GraphSense)
     * @description Tag objects, oldest first; not the tags of the node’s files. Other tools read it, and this one: as a file of tags, or by `cordon … --tags`. Its description says how the tags are marked: that goes for the file.
     */
    get: operations['tag.export']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/tags/transactions/{hash}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Look up tags of a transaction */
    get: operations['tag.transaction']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List traces, newest first */
    get: operations['trace.list']
    put?: never
    /**
     * Follow stolen value
     * @description Starts a job; its result is a trace, with the label given here and closed further by those of the ledger, files and tags that it is made from.
     */
    post: operations['trace.start']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read what a trace found */
    get: operations['trace.read']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces/{id}/case': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Open a case from a trace, which it holds */
    post: operations['trace.open-case']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces/{id}/document': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Fetch the document of a trace */
    get: operations['trace.document']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces/{id}/flows.csv': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Fetch the flows of a trace */
    get: operations['trace.flows']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces/{id}/graph.gexf': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Fetch the graph of a trace */
    get: operations['trace.graph']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces/{id}/report': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Show the report of a trace */
    get: operations['trace.report']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces/{id}/verify': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Run a trace again and compare it byte by byte */
    post: operations['trace.verify']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/traces/verify': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Run a trace document from elsewhere again and compare it byte by byte
     * @description The document is an upload, or a file of the node. It comes out the same over the ledger and with the files of tags that it was made with: name those, no others are read. What differs is told.
     */
    post: operations['trace.verify-document']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/uploads': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Announce a file
     * @description Then send its bytes with PATCH, in one request or many. A complete upload becomes a file (POST /files), or is read by a job.
     */
    post: operations['upload.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/uploads/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * See how far an upload is
     * @description HEAD gives the same headers: Upload-Offset is how many bytes are there, also after the node was killed.
     */
    get: operations['upload.read']
    put?: never
    post?: never
    /**
     * Take an upload back
     * @description Its bytes are taken away. What was made of it already stays.
     */
    delete: operations['upload.end']
    options?: never
    head?: never
    /**
     * Send bytes of a file
     * @description Headers: Upload-Offset says where these bytes begin, which must be where the upload is; `Upload-Complete: ?1` says that they are the last (not needed where the size was announced). What arrived stays, whatever becomes of the request: ask with HEAD, and go on from there.
     */
    patch: operations['upload.append']
    trace?: never
  }
  '/api/v1/watches': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List watches, newest first
     * @description Also those that were ended.
     */
    get: operations['watch.list']
    put?: never
    /**
     * Watch an account, an entity, a trace, an entry of a list or a name
     * @description Rules of your organisation say which events about it make an alert. An alert is closed as its watches are.
     */
    post: operations['watch.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/watches/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a watch */
    get: operations['watch.read']
    /** Change a watch; one that was ended begins again */
    put: operations['watch.change']
    post?: never
    /** End a watch; alerts about it stay */
    delete: operations['watch.end']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/watches/check': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Look at what a ledger holds of the watched accounts
     * @description Starts a job for the rules about movements of your organisation that you may read. What comes into a ledger later is looked at by itself. A fact that an alert has is not told again.
     */
    post: operations['watch.check']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/webhooks': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List your webhooks and mail addresses, oldest first
     * @description An administrator sees those of the whole organisation.
     */
    get: operations['webhook.list']
    put?: never
    /**
     * Have alerts of your organisation sent to a URL or a mail address
     * @description What is sent is what you may see at the moment of sending; of what you may not see, nothing is sent. The secret, with which each request is signed (Standard Webhooks), is shown this once. URLs are HTTPS on the public internet, beside what the operator allows.
     */
    post: operations['webhook.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/webhooks/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read a webhook, with how many messages wait, went out or were given up */
    get: operations['webhook.read']
    put?: never
    post?: never
    /** Take a webhook away for good, with its secrets */
    delete: operations['webhook.remove']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/webhooks/{id}/dead-letters': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List the messages to a webhook that were given up
     * @description Of alerts that you may read.
     */
    get: operations['webhook.dead']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/webhooks/{id}/disable': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Switch a webhook off; its messages wait */
    post: operations['webhook.disable']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/webhooks/{id}/enable': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Switch a webhook on again; what waited goes out */
    post: operations['webhook.enable']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/webhooks/{id}/ping': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Send a test message and say what came of it
     * @description One message of the type webhook.ping that holds nothing, signed as all others are. It is not repeated, and switches nothing off.
     */
    post: operations['webhook.ping']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/webhooks/{id}/replay': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Send messages again that were given up
     * @description Under their old ids: a receiver that did get one knows it. Of alerts that you may read.
     */
    post: operations['webhook.replay']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/webhooks/{id}/secret': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Give a webhook a new secret
     * @description Shown this once. For a day, requests carry a signature with the old one too.
     */
    post: operations['webhook.rotate']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/welcome': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Come in by a one-time link
     * @description Uses the link up and opens a session of one hour, in which you set a password or add a passkey. Credentials from before an invitation end. The first administrator gives his name; an invited person has one.
     */
    post: operations['welcome.open']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/welcome/link': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * For whom a one-time link is
     * @description Does not use it up.
     */
    post: operations['welcome.look']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/health': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Whether the process lives */
    get: operations['node.health']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/metrics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Figures of the node for Prometheus
     * @description For the operator: on the machine itself where the node serves loopback alone, else with the scope node:manage. No figure is told by caller, organisation, label or content.
     */
    get: operations['node.metrics']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/ready': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Whether the node can work
     * @description Looks at the database, the signing of the record and the room on the disk. 200 `degraded`: the node can be read, and may not be able to write or does not sign; 503 `unavailable`: there is no database.
     */
    get: operations['node.ready']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    Alert: {
      body: components['schemas']['AlertBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    AlertAct:
      | {
          /** @enum {string} */
          action: 'acknowledge'
          note?: string | null
        }
      | {
          /** @enum {string} */
          action: 'escalate'
          note: string
          /** @description a colleague, or a role */
          to: string | ('analyst' | 'supervisor' | 'releaser' | 'compliance' | 'administrator' | 'auditor' | 'subscriber')
        }
      | {
          /** @enum {string} */
          action: 'close'
          note: string
          /** @enum {string} */
          reason: 'acted' | 'false-positive' | 'duplicate' | 'no-action'
        }
      | {
          /** @enum {string} */
          action: 'reopen'
          note: string
        }
    AlertBody: {
      facts: components['schemas']['AlertFact'][]
      /** Format: date-time */
      firstSeen: string
      history: components['schemas']['AlertStep'][]
      key: string
      /** Format: date-time */
      lastSeen: string
      /** Format: uuid */
      rule: string
      ruleName: string
      /** @description facts that it stands for */
      seen: number
      /** @enum {string} */
      severity: 'low' | 'medium' | 'high' | 'critical'
      /** @enum {string} */
      state: 'open' | 'acknowledged' | 'escalated' | 'closed'
      subject: string
      watches: string[]
      window: {
        /** Format: date-time */
        from: string
        /** Format: date-time */
        to: string
      }
    }
    AlertBrief: {
      /** Format: date-time */
      firstSeen: string
      key: string
      /** Format: date-time */
      lastSeen: string
      /** Format: uuid */
      rule: string
      ruleName: string
      /** @description facts that it stands for */
      seen: number
      /** @enum {string} */
      severity: 'low' | 'medium' | 'high' | 'critical'
      /** @enum {string} */
      state: 'open' | 'acknowledged' | 'escalated' | 'closed'
      subject: string
      watches: string[]
      window: {
        /** Format: date-time */
        from: string
        /** Format: date-time */
        to: string
      }
    }
    AlertFact: {
      /** Format: date-time */
      at: string
      id: string
      text: string
    }
    AlertListed: {
      body: components['schemas']['AlertBrief']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    AlertStep: {
      /** Format: date-time */
      at: string
      by: string | null
      note: string | null
      reason?: string
      /** @enum {string} */
      step: 'opened' | 'reopened' | 'acknowledged' | 'escalated' | 'closed'
      to?: string
    }
    ApiKey: {
      /** Format: date-time */
      createdAt: string
      /** Format: date-time */
      expiresAt: string
      /** @description the part between the underscores; no secret */
      id: string
      name: string
      rate: {
        /** @description so many at once */
        burst: number
        perMinute: number
      }
      revokedAt: string | null
      scopes: string[]
      usedAt: string | null
    }
    Backup: {
      /** Format: date-time */
      at: string
      bytes: number
      /** @description how long the record was */
      entries: number
      /** @enum {string} */
      keys: 'sealed' | 'left out'
      /** @description file in the folder `backups` of the node's data */
      name: string
    }
    Balances: {
      account: string
      assets: {
        asset: string
        /** @description at the end of the window, as far as the ledger knows; negative where it begins after the account did */
        balance: string
        decimals: number | null
        first: string | null
        last: string | null
        /** @description base units */
        received: string
        /** @description base units */
        sent: string
        symbol: string | null
        transfers: number
      }[]
      /** @description base units */
      feesPaid: string
      transfersIn: number
      transfersOut: number
    }
    /** @description which column stands for what, where its name does not tell */
    BatchColumns: {
      asset?: string[]
      birth?: string[]
      callSign?: string[]
      country?: string[]
      email?: string[]
      first?: string[]
      id?: string[]
      imo?: string[]
      kind?: string[]
      last?: string[]
      lei?: string[]
      middle?: string[]
      mmsi?: string[]
      name?: string[]
      nationalId?: string[]
      nationalIdCountry?: string[]
      other?: string[]
      passport?: string[]
      passportCountry?: string[]
      phone?: string[]
      registration?: string[]
      sex?: string[]
      swift?: string[]
      taxId?: string[]
      wallet?: string[]
    }
    BitcoinOutput: {
      address: string | null
      output: string
      script: string | null
      spentBy: string | null
      value: string | null
    }
    Case: {
      body: components['schemas']['CaseBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    CaseAction: {
      /** @enum {string} */
      action: 'start' | 'suspend' | 'resume' | 'close' | 'reopen'
      outcome?: ('resolved' | 'referred' | 'unfounded' | 'no-further-action' | 'duplicate') | null
      reason?: string | null
    }
    CaseBody: {
      assignees: string[]
      heist: {
        id: string
        /** @description SHA-256 of the register that it was opened from */
        register: string
        seeds: {
          chain: string
          seeds: string[]
        }[]
        victim: string
      } | null
      history: {
        /** @enum {string} */
        action: 'start' | 'suspend' | 'resume' | 'close' | 'reopen'
        /** Format: date-time */
        at: string
        /** Format: uuid */
        by: string
        /** @enum {string} */
        from: 'open' | 'active' | 'suspended' | 'closed' | 'reopened'
        reason: string | null
        /** @enum {string} */
        to: 'open' | 'active' | 'suspended' | 'closed' | 'reopened'
      }[]
      outcome: ('resolved' | 'referred' | 'unfounded' | 'no-further-action' | 'duplicate') | null
      /** @enum {string} */
      priority: 'low' | 'normal' | 'high' | 'urgent'
      references: components['schemas']['CaseReference'][]
      /** @enum {string} */
      status: 'open' | 'active' | 'suspended' | 'closed' | 'reopened'
      summary: string | null
      tags: string[]
      title: string
    }
    CaseCustody: {
      files: components['schemas']['CustodyStatement'][]
      standard: string
    }
    CaseEvent: {
      /** @description what was attached or detached */
      about: string[]
      /** @description e.g. created, changed, attached, closed */
      action: string
      /** Format: date-time */
      at: string
      kind: string
      /** Format: uuid */
      object: string
      organisation: string
      /** Format: uuid */
      person: string
      version: number
    }
    CaseExport: {
      /** Format: uuid */
      case: string
      /** Format: date-time */
      exportedAt: string
      exportedBy: {
        organisation: string
        /** Format: uuid */
        person: string
      }
      format: string
      formatVersion: number
      links: {
        link: string
        /** Format: uuid */
        source: string
        /** Format: uuid */
        target: string
      }[]
      marking: string
      objects: components['schemas']['ProvenObject'][]
      record: {
        key: string
        origin: string
      }
      scope: string
    }
    CaseFacets: {
      assignees: {
        [key: string]: number
      }
      organisation: {
        [key: string]: number
      }
      priority: {
        [key: string]: number
      }
      status: {
        [key: string]: number
      }
      tags: {
        [key: string]: number
      }
      total: number
    }
    CaseGiven: {
      /** @enum {string} */
      priority?: 'low' | 'normal' | 'high' | 'urgent'
      references?: components['schemas']['CaseReference'][]
      summary?: string | null
      tags?: string[]
      title: string
    }
    CaseOpened: {
      assignees?: string[]
      /** @enum {string} */
      priority?: 'low' | 'normal' | 'high' | 'urgent'
      references?: components['schemas']['CaseReference'][]
      summary?: string | null
      tags?: string[]
      title: string
    }
    CaseRead: {
      /** @description changes of status that it can take now */
      actions: ('start' | 'suspend' | 'resume' | 'close' | 'reopen')[]
      body: components['schemas']['CaseBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** @description how much of each kind it holds */
      contents: {
        [key: string]: number
      }
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    /** @description the number under which an authority runs the matter */
    CaseReference: {
      authority: string
      number: string
    }
    Certificate: {
      /** Format: date-time */
      expiresAt: string
      /** @description SHA-256 of the certificate */
      fingerprint: string
      /** Format: date-time */
      registeredAt: string
      /** @description for people; nothing is decided by it */
      subject: string
      usedAt: string | null
    }
    Claim: {
      body: components['schemas']['ClaimBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    ClaimBody: {
      /** @enum {string} */
      about: 'attribution' | 'identity' | 'date' | 'amount' | 'value' | 'flow' | 'outcome' | 'victim' | 'other'
      claimant: string
      confidence: ('confirmed' | 'alleged' | 'assessed' | 'suspected') | null
      note: string | null
      says: string
      source: components['schemas']['ClaimSource']
      subject: string | null
      when: string | null
    }
    ClaimGiven: {
      /** @enum {string} */
      about: 'attribution' | 'identity' | 'date' | 'amount' | 'value' | 'flow' | 'outcome' | 'victim' | 'other'
      claimant: string
      confidence?: ('confirmed' | 'alleged' | 'assessed' | 'suspected') | null
      note?: string | null
      says: string
      source: components['schemas']['SourceGiven']
      subject?: string | null
      when?: string | null
    }
    ClaimSource: {
      /**
       * @description of what it says: 1 confirmed to 5 improbable, 6 not judged
       * @enum {unknown}
       */
      credibility: 1 | 2 | 3 | 4 | 5 | 6
      original: string | null
      published: string | null
      publisher: string | null
      read: string | null
      readAs: ('page' | 'stored copy' | 'stored excerpt' | 'recalled') | null
      /**
       * @description of the source, Admiralty Code: A completely reliable to E unreliable, F not judged
       * @enum {string}
       */
      reliability: 'A' | 'B' | 'C' | 'D' | 'E' | 'F'
      sha256: string | null
      title: string
      url: string | null
    }
    Colleague: {
      /** @description has left: can be given no work */
      disabled: boolean
      /** Format: uuid */
      id: string
      name: string
      roles: ('analyst' | 'supervisor' | 'releaser' | 'compliance' | 'administrator' | 'auditor' | 'subscriber')[]
    }
    CustodyEvent: {
      action: string
      /** Format: date-time */
      at: string
      credential: string | null
      detail: {
        [key: string]: unknown
      }
      /** @enum {string} */
      event: 'collected' | 'preserved' | 'verified' | 'viewed' | 'exported' | 'changed' | 'other'
      hash: string
      /** @description its place in the record */
      index: number
      organisation: string | null
      outcome: string
      person: string | null
      version: number
    }
    CustodyStatement: {
      bytes: number
      collection: {
        capturedAt: string | null
        capturedBy: string | null
        device: string | null
        hashAtCapture: string | null
        notes: string | null
        tool: string | null
        toolVersion: string | null
        url: string | null
      }
      /** Format: uuid */
      file: string
      /** @description what nobody wrote down */
      gaps: {
        /** @description paragraph of the protocol */
        asks: string
        what: string
      }[]
      lastVerified: string | null
      name: string
      organisation: string
      preservation: {
        asCaptured: boolean | null
        madeBy: string | null
        mediaType: string | null
        /** Format: date-time */
        receivedAt: string
        /** Format: uuid */
        receivedBy: string
        sniffed: string
      }
      sha256: string
      steps: {
        action: string
        /** Format: date-time */
        at: string
        /** @enum {string} */
        event: 'collected' | 'preserved' | 'verified' | 'viewed' | 'exported' | 'changed' | 'other'
        /** @description its place in the record */
        index: number
        organisation: string | null
        outcome: string
        person: string | null
      }[]
      stepsLeftOut: boolean
    }
    DeadLetter: {
      attempts: number
      /** Format: date-time */
      endedAt: string
      /** Format: uuid */
      endpoint: string
      /** Format: date-time */
      enqueuedAt: string
      event: string
      /** Format: uuid */
      id: string
      /** Format: uuid */
      object: string
      reason: string | null
      status: number | null
    }
    Decision: {
      body: components['schemas']['DecisionBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    DecisionBody: {
      /** @enum {string} */
      about: 'name' | 'wallet' | 'vessel'
      at: string
      /** Format: uuid */
      by: string
      customer: string | null
      /** @description SHA-256 of the question: the version of the customer’s data */
      data: string
      /** @enum {string} */
      decision: 'true-match' | 'false-positive' | 'escalated' | 'no-hit' | 'undecided'
      entry: {
        hash: string | null
        id: string
        list: string
        primary: string
        score: number
        version: string
      } | null
      expires: string | null
      /** @description why a second person must look at it */
      needs: string | null
      reason: string
      screening: {
        hash: string
        /** Format: uuid */
        id: string
        version: number
      }
      second: {
        agrees: boolean
        at: string
        /** Format: uuid */
        by: string
        reason: string
      } | null
      /** @enum {string} */
      state: 'standing' | 'waiting' | 'refused'
    }
    DeconflictFiling: {
      /** @description accounts that the object had filed already */
      before: number
      /** @description accounts that were filed */
      filed: number
      /**
       * Format: date-time
       * @description when they are compared with what other teams hold
       */
      round: string
    }
    DeconflictHolding: {
      /** @description how many; which is not kept */
      accounts: number
      /** Format: date-time */
      filedAt: string
      kind: string
      /** Format: uuid */
      object: string
      /** Format: date-time */
      round: string
    }
    DeconflictHoldingGiven: {
      /** @description of those that the object has, CAIP-10 */
      accounts?: string[]
      /**
       * Format: uuid
       * @description request, watch, trace, case of your organisation
       */
      object: string
    }
    DeconflictNotice: {
      /** @description whom to ask */
      contact: string
      /** Format: date-time */
      round: string
      text: string
    }
    Denial: {
      body: components['schemas']['DenialBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    DenialBody: {
      by: string
      note: string | null
      says: string
      source: components['schemas']['ClaimSource']
      subject: string | null
      when: string | null
    }
    DenialGiven: {
      by: string
      note?: string | null
      says: string
      source: components['schemas']['SourceGiven']
      subject?: string | null
      when?: string | null
    }
    DirectoryEntry: {
      body: {
        entry: components['schemas']['ExchangeEntryGiven']
        /** @description Cordon’s own entry stands again */
        withdrawn: boolean
      }
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    Entity: {
      abuse?: string
      basis: string
      confidence: number
      conflicts: string[]
      contact: string | null
      evidence: string[]
      id: string
      kind: string
      label: string
      /** @description the money is among other people’s there */
      service: boolean
    }
    ExchangeEntry: {
      /** @description what its guide asks for */
      asks: string[]
      channels: {
        address: string
        /** @description lower-case words with hyphens */
        id: string
        /** @enum {string} */
        kind: 'portal' | 'email' | 'form' | 'page' | 'registered-office' | 'central-authority'
        note: string | null
        /** @enum {string} */
        readAs: 'stored copy' | 'recalled'
        /** @description page of the exchange that says so */
        source: string
      }[]
      /** @description lower-case words with hyphens */
      id: string
      jurisdiction: string | null
      /** @enum {string} */
      kind: 'exchange' | 'issuer' | 'swap-service' | 'broker'
      languages: string[]
      legalName: string
      name: string
      notes: string[]
      object: {
        /** Format: uuid */
        id: string
        version: number
      } | null
      /** @description written by the operator or by your organisation, rather than by Cordon */
      own: boolean
      /**
       * Format: date
       * @description day on which the sources were read
       */
      read: string
      website: string
      windows: {
        access: string | null
        answer: string | null
        holdEnds: string | null
        preserves: string | null
      }
    }
    ExchangeEntryGiven: {
      /** @description what its guide asks for */
      asks: string[]
      channels: {
        address: string
        /** @description lower-case words with hyphens */
        id: string
        /** @enum {string} */
        kind: 'portal' | 'email' | 'form' | 'page' | 'registered-office' | 'central-authority'
        note: string | null
        /** @enum {string} */
        readAs: 'stored copy' | 'recalled'
        /** @description page of the exchange that says so */
        source: string
      }[]
      /** @description lower-case words with hyphens */
      id: string
      jurisdiction: string | null
      /** @enum {string} */
      kind: 'exchange' | 'issuer' | 'swap-service' | 'broker'
      languages: string[]
      legalName: string
      name: string
      notes: string[]
      /**
       * Format: date
       * @description day on which the sources were read
       */
      read: string
      website: string
      windows: {
        access: string | null
        answer: string | null
        holdEnds: string | null
        preserves: string | null
      }
    }
    /** @description whom a request would only warn */
    ExchangeNotAsked: {
      id: string
      name: string
      source: string
      why: string
    }
    Explanation: {
      /** @description in the order of the answer’s hits */
      hits: {
        reasons: string[]
        standing: string
      }[]
      /** @enum {string} */
      language: 'en' | 'fr' | 'ko' | 'ja'
      text: string
    }
    ExposureParameters: {
      /** @description what reached the wallet up to this time */
      asOf?: string
      /** @description transfers from which an untagged account is an unnamed service */
      hubTransfers?: number
      /** @description accounts opened at most for an asset */
      maxAccounts?: number
      /** @description assets traced at most */
      maxAssets?: number
      /** @description hops back at most */
      maxHops?: number
      /** @description transfers of the wallet from which it is not traced */
      maxTransfers?: number
      /** @description a fraction a/b: part of what it received of an asset below which nothing is followed */
      minPart?: string
      /**
       * @description how what is mixed is divided
       * @enum {string}
       */
      policy?: 'haircut' | 'fifo' | 'lifo' | 'tiho'
      /** @description follow nothing from before this time */
      since?: string
    }
    File: {
      body: components['schemas']['FileBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    FileBody: {
      bytes: number
      madeBy: string | null
      mediaType: string | null
      /** @description the name that it came with; a text and nothing else */
      name: string
      provenance: components['schemas']['Provenance']
      /** Format: date-time */
      receivedAt: string
      /** @description person who sent it, or for whom a job made it */
      receivedBy: string
      sha256: string
      /** @description as its first bytes say */
      sniffed: string
    }
    FreezeActionGiven: {
      /** @enum {string} */
      action:
        | 'authorise'
        | 'withdraw-authorisation'
        | 'send'
        | 'acknowledge'
        | 'answer'
        | 'extend'
        | 'release'
        | 'expire'
        | 'seize'
        | 'reopen'
      answer?: components['schemas']['FreezeAnswerGiven']
      /** @description when it was received, UTC */
      at?: string
      reason?: string
      /** @description the exchange’s number; of a seizure, the order’s */
      reference?: string
      /** @description the new end of a hold, UTC */
      until?: string
    }
    FreezeAnswer: {
      /** @description what is held or frozen per point, base units; points that are left off are not held */
      amounts: {
        amount: string
        point: string
      }[]
      at: string
      /** Format: uuid */
      by: string
      document: {
        name: string
        /** @description of the file’s bytes, hex */
        sha256: string
      } | null
      more: string | null
      reason: string | null
      /** Format: date-time */
      recordedAt: string
      reference: string
      /** @enum {string} */
      status: 'preserved' | 'held' | 'frozen' | 'refused' | 'produced'
      until: string | null
    }
    FreezeAnswerGiven: {
      /** @description what is held or frozen per point, base units; points that are left off are not held */
      amounts?: {
        amount: string
        point: string
      }[]
      at: string
      document?: {
        name: string
        sha256: string
      } | null
      more?: string | null
      reason?: string | null
      reference: string
      /** @enum {string} */
      status: 'preserved' | 'held' | 'frozen' | 'refused' | 'produced'
      until?: string | null
    }
    FreezeBody: {
      acknowledged: {
        /** Format: date-time */
        at: string
        reference: string
      } | null
      answers: components['schemas']['FreezeAnswer'][]
      /** @enum {string} */
      format: 'cordon-freeze'
      /** @enum {number} */
      formatVersion: 1
      history: components['schemas']['FreezeStep'][]
      request: components['schemas']['FreezeRequest']
      sent: {
        /** Format: date-time */
        at: string
        channel: string
        /** @description the document that was sent, byte for byte */
        json: string
        /** @description of it */
        sha256: string
      } | null
      /** @enum {string} */
      state: 'draft' | 'authorised' | 'sent' | 'received' | 'held' | 'refused' | 'frozen' | 'released' | 'expired' | 'seized'
      until: string | null
    }
    FreezeChangeGiven: {
      reason: string
      request: components['schemas']['FreezeRequest']
    }
    FreezeClock: {
      deadlines: {
        /** Format: date-time */
        at: string
        id: string
        point: string | null
        /** @description seconds; negative once it has passed */
        remaining: number
        /** @enum {string} */
        state: 'ahead' | 'met' | 'passed' | 'overdue'
      }[]
      next: {
        /** Format: date-time */
        at: string
        id: string
      }
      /** Format: date-time */
      now: string
      overdue: {
        /** Format: date-time */
        at: string
        id: string
        point: string | null
        /** @description seconds; negative once it has passed */
        remaining: number
        /** @enum {string} */
        state: 'ahead' | 'met' | 'passed' | 'overdue'
      }[]
      /** @description what you can do with it now */
      possible: (
        | 'change'
        | 'authorise'
        | 'withdraw-authorisation'
        | 'send'
        | 'acknowledge'
        | 'answer-preserved'
        | 'answer-produced'
        | 'answer-held'
        | 'answer-frozen'
        | 'answer-refused'
        | 'extend'
        | 'release'
        | 'expire'
        | 'seize'
        | 'reopen'
      )[]
    }
    FreezeFault: {
      code: string
      /** @description path in the request */
      field: string
      /** @description what to do */
      remedy: string
      what: string
    }
    FreezeGate: {
      /** @description nothing leaves while there are any */
      faults: components['schemas']['FreezeFault'][]
      passed: boolean
      points: {
        confirmation: ('ok' | 'differs' | 'unknown') | null
        id: string
      }[]
      /** @description for people to weigh */
      warnings: components['schemas']['FreezeFault'][]
    }
    FreezeHistory: {
      answers: components['schemas']['FreezeAnswer'][]
      steps: components['schemas']['FreezeStep'][]
    }
    FreezePoint: {
      /** @description base units, a whole number */
      amount: string
      /** @description CAIP-19 */
      asset: string
      block: number | null
      /** @description CAIP-2 */
      chain: string
      decimals: number | null
      from: string
      /** @description unique in the request: answers refer to it */
      id: string
      memo: string | null
      symbol: string | null
      /** @description UTC with time of day */
      time: string
      /** @description the deposit address; on EVM chains with its checksum */
      to: string
      /** @description whole, never shortened */
      txHash: string
      usd: {
        amount: string
        source: string
      } | null
    }
    FreezeRequest: {
      agency: {
        address: string | null
        name: string
        /** @description three letters */
        nation: string
        unit: string | null
      }
      asked: {
        durationHours: number | null
        /** @enum {string} */
        kind: 'preserve' | 'temporary-hold' | 'freeze' | 'disclose'
        /** @enum {string} */
        reach: 'amounts' | 'account' | 'holder'
        records: ('identity' | 'account' | 'transactions' | 'access-logs' | 'devices' | 'bank-details' | 'communications')[]
        scope: string
      }
      authority: {
        basis: string
        competentAuthority: string
        offence: string
      }
      caseNumber: string
      channel: string | null
      chronology: {
        text: string
        time: string
      }[]
      contacts: {
        email: string
        hours: string | null
        name: string
        phone: string | null
        /** @enum {string} */
        role: 'duty' | 'legal' | 'technical'
      }[]
      /** @description id in the directory of exchanges */
      exchange: string
      incident: {
        /** @description when the theft began: the clock counts from it */
        at: string
        summary: string
      }
      /**
       * @description of the request’s own words
       * @enum {string}
       */
      language: 'en' | 'fr' | 'ko' | 'ja'
      marking: {
        needToKnow: boolean
        note: string | null
        /** @enum {string} */
        tlp: 'CLEAR' | 'GREEN' | 'AMBER' | 'AMBER+STRICT' | 'RED'
      }
      nonDisclosure: {
        asked: boolean
        basis: string | null
        until: string | null
      }
      order: {
        file: {
          name: string
          /** @description of the file’s bytes, hex */
          sha256: string
        }
        issuedAt: string
        issuedBy: string
        reference: string
        /** @description its words, to be copied */
        text: string
      } | null
      points: components['schemas']['FreezePoint'][]
      requester: {
        email: string
        name: string
        phone: string | null
        proof: {
          file: {
            name: string
            /** @description of the file’s bytes, hex */
            sha256: string
          } | null
          /** @enum {string} */
          kind: 'badge' | 'appointment-letter' | 'warrant-card' | 'power-of-attorney' | 'other'
          reference: string
        }
        title: string
      }
      treaty: {
        /** @enum {string} */
        kind: 'mlat' | 'budapest-24-7' | 'second-additional-protocol' | 'letters-rogatory' | 'voluntary' | 'other'
        reference: string
      } | null
    }
    FreezeRequestGiven: {
      /**
       * Format: uuid
       * @description case of your organisation that is to hold it. It is closed from then on to whoever the request is closed to; to keep it open, refer to it instead (POST /objects/{id}/links)
       */
      case?: string
      label?: components['schemas']['LabelInput']
      request: components['schemas']['FreezeRequest']
      /** @description people of your organisation who are to know of it, beside yourself */
      team?: string[]
    }
    FreezeRequestListed: {
      caseNumber: string
      /** Format: date-time */
      changedAt: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      exchange: string
      /** Format: uuid */
      id: string
      /** @enum {string} */
      kind: 'preserve' | 'temporary-hold' | 'freeze' | 'disclose'
      /** @description the label as it is shown */
      marking: string
      next: {
        /** Format: date-time */
        at: string
        /** @description what to do next */
        id: string
      }
      /** @description owner */
      organisation: string
      /** @description deadlines that are overdue */
      overdue: string[]
      /** @description how many */
      points: number
      /** @enum {string} */
      state: 'draft' | 'authorised' | 'sent' | 'received' | 'held' | 'refused' | 'frozen' | 'released' | 'expired' | 'seized'
      version: number
    }
    FreezeRequestObject: {
      body: components['schemas']['FreezeBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    /** @description base units */
    FreezeStanding: {
      assets: {
        asked: string
        asset: string
        frozen: string
        held: string
        /** @description of what was asked */
        short: string
      }[]
      points: {
        asked: string
        frozen: string
        held: string
        id: string
        /** @description of what was asked */
        short: string
      }[]
    }
    FreezeStep: {
      action: string
      /** Format: date-time */
      at: string
      /** Format: uuid */
      by: string
      from: string | null
      reason: string | null
      /** @description SHA-256 of the request as it was after this step */
      request: string
      to: string
    }
    FreezeTeamGiven: {
      add?: string[]
      reason: string
      remove?: string[]
    }
    Guard: {
      /** @description a reader must pass every one */
      clauses: components['schemas']['Label'][]
      /** @description all of them together, as it is shown */
      marking: string
      /** @description whose labels these are, at whatever depth: what a trace was made from too. To open the case they are released */
      objects: {
        /** Format: uuid */
        id: string
        kind: string
        marking: string
        organisation: string
      }[]
      /** @description there are more of them */
      objectsLeftOut: boolean
    }
    Health: {
      /** @enum {string} */
      status: 'alive'
    }
    Heist: {
      addresses: {
        address: string
        chain: string
        note: string | null
        role: string
        /** @description id of one of the sources */
        source: string
      }[]
      amounts: {
        amount: string
        asset: string
        note: string | null
        /** @description id of one of the sources */
        source: string
        symbol: string
      }[]
      attribution: {
        actor: string | null
        by: string
        confidence: string
        kind: string
        note: string | null
        /** @description id of one of the sources */
        source: string
        when: components['schemas']['When']
      }[]
      /** @description CAIP-2 */
      chains: string[]
      contested: string | null
      dates: {
        note: string | null
        /** @description id of one of the sources */
        source: string
        when: components['schemas']['When']
      }[]
      denials: components['schemas']['HeistDenial'][]
      disputed: {
        about: string
        by: string
        note: string | null
        says: string
        /** @description id of one of the sources */
        source: string
        when: components['schemas']['When'] | null
      }[]
      id: string
      kind: string
      note: string | null
      outcomes: {
        amount: string | null
        asset: string | null
        by: string
        cents: string | null
        event: string
        note: string | null
        qualifier: string
        /** @description id of one of the sources */
        source: string
        state: string
        when: components['schemas']['When']
      }[]
      /** @description SHA-256 of the register */
      register: string
      /** @description chains that a trace can begin on */
      seedChains: string[]
      seedsNote: string | null
      sources: components['schemas']['HeistSource'][]
      /** @enum {string} */
      standing: 'official' | 'analyst' | 'suspected'
      transactions: {
        chain: string
        hash: string
        note: string | null
        /** @description id of one of the sources */
        source: string
        what: string
      }[]
      usd: {
        by: string
        /** @description cents, a decimal number */
        cents: string
        note: string | null
        qualifier: string
        /** @description id of one of the sources */
        source: string
      }[]
      victim: string
    }
    HeistAccount: {
      basis: {
        by?: string
        /** @enum {string} */
        kind: 'lowest' | 'highest' | 'publisher'
      }
      contested: {
        id: string
        reason: string
      }[]
      digest: string
      leftOut: {
        id: string
        reason: string
      }[]
      total: {
        heists: number
        sums: components['schemas']['HeistSums']
      }
      years: {
        heists: number
        sums: components['schemas']['HeistSums']
        withoutFigure: string[]
        year: string
      }[]
    }
    HeistDenial: {
      by: string
      id: string
      note: string | null
      says: string
      /** @description id of one of the sources */
      source: string
      when: components['schemas']['When']
    }
    HeistLine: {
      /** @description CAIP-2 */
      chains: string[]
      contested: string | null
      date: components['schemas']['When']
      id: string
      kind: string
      /** @description chains that a trace can begin on */
      seedChains: string[]
      /** @enum {string} */
      standing: 'official' | 'analyst' | 'suspected'
      usd: {
        by: string
        /** @description cents, a decimal number */
        cents: string
        qualifier: string
      }[]
      victim: string
    }
    HeistRecordYears: {
      items: {
        by: string
        /** @description cents, a decimal number */
        cents: string
        /** @description whether the publisher itself calls it a record */
        saysSo: boolean
        year: string
        /** @description years that the source has a figure for */
        years: number
      }[]
      register: string
    }
    HeistSeeds: {
      chain: string
      heist: string
      note: string | null
      /** @description SHA-256 of the register */
      register: string
      seeds: (
        | {
            /** @enum {string} */
            kind: 'transaction'
            transaction: string
          }
        | {
            account: string
            asset: null
            from: null
            /** @enum {string} */
            kind: 'account'
          }
      )[]
      /** @description the same as a file of seeds */
      text: string
    }
    HeistSource: {
      id: string
      original: string | null
      published: components['schemas']['When'] | null
      publisher: string
      read: components['schemas']['When']
      /** @enum {string} */
      readAs: 'page' | 'stored copy' | 'stored excerpt' | 'recalled'
      title: string
      url: string
    }
    HeistSums: {
      /** @description cents, a decimal number */
      frozen: string
      /** @description cents, a decimal number */
      held: string
      /** @description cents, a decimal number */
      laundered: string
      /** @description cents, a decimal number */
      mixed: string
      /** @description cents, a decimal number */
      recovered: string
      /** @description cents, a decimal number */
      stolen: string
    }
    Held: {
      /** Format: date-time */
      attachedAt: string
      /** Format: uuid */
      attachedBy: string
      object: components['schemas']['HeldObject']
    }
    HeldObject: {
      /** @description as its kind has it */
      body: unknown
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    Hit: {
      alert: boolean
      asked: string | null
      births: components['schemas']['ListedDate'][]
      countries: components['schemas']['ListedCountry'][]
      entry: string
      /** @description weak-alias, below-alert or suppressed: why a hit does not alert */
      held: string | null
      /** @enum {string} */
      kind: 'person' | 'organisation' | 'vessel' | 'aircraft' | 'unknown'
      legalBasis: string[]
      list: string
      /** @description every day from `from` to `to`; both null for a date that does not exist */
      listedOn: components['schemas']['ListedDate'] | null
      matched: components['schemas']['ListedName'] | null
      /** @description 0 to 1: the name alone */
      nameScore: number
      /** @description 0 to 100, after the manner of OFAC’s own search */
      ofacCompatible: number
      /** @description the entry’s primary name */
      primary: string
      programmes: string[]
      reasons: components['schemas']['Reason'][]
      /** @description 0 to 1: name and evidence together; no probability */
      score: number
      version: string
    }
    ImportInput: {
      /** @description CAIP-2, of files that do not name their chain */
      chain?: string
      files?: string[]
      /** @description of a source: first block to ask for (0); an append goes on from what the ledger has */
      fromHeight?: number
      /** @description the files begin where the chain does: opening balances are zero */
      genesis?: boolean
      /** @description Bitcoin: height of the first raw block, where the blocks do not say it */
      height?: number
      /** @description refused rows over which nothing is imported */
      refuseLimit?: number
      /** @description name of a source of the configuration (GET /sources) */
      source?: string
      /** @description of a source: last block to ask for (its newest) */
      toHeight?: number
      uploads?: string[]
    }
    Invitation: {
      /** Format: date-time */
      expiresAt: string
      link: string
    }
    Job: {
      body: components['schemas']['JobBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      progress: components['schemas']['JobProgress'] | null
      version: number
    }
    JobBody: {
      /** @description how often it was begun */
      attempts: number
      endedAt: string | null
      error: components['schemas']['JobError'] | null
      /** @description what is done, e.g. trace.run */
      kind: string
      /** Format: date-time */
      queuedAt: string
      result: {
        [key: string]: unknown
      } | null
      startedAt: string | null
      /** @enum {string} */
      status: 'queued' | 'running' | 'stopping' | 'done' | 'failed' | 'cancelled' | 'interrupted'
      /** @description what it is about: ids and keys by their kind */
      subject: {
        [key: string]: string
      }
      title: string
    }
    JobError: {
      code: string
      message: string
      place: string | null
      remedy: string | null
    }
    JobProgress: {
      done: number
      phase: string
      /** @description of this phase, at its rate so far */
      secondsLeft: number | null
      total: number | null
      /** @description what is counted: bytes, rows, accounts */
      unit: string
    }
    Label: {
      caveats: string[]
      expires: string | null
      nations: string[]
      organisations: string[]
      originator: string
      persons: string[]
      policy: string
      tlp: string
    }
    LabelInput: {
      caveats?: string[]
      expires?: string | null
      nations?: string[]
      organisations?: string[]
      persons?: string[]
      /** @enum {string} */
      tlp: 'CLEAR' | 'GREEN' | 'AMBER' | 'AMBER+STRICT' | 'RED'
    }
    Ledger: {
      content: components['schemas']['LedgerContent'] | null
      description: string | null
      /** @description it is an object of this node; otherwise one of its configuration */
      imported: boolean
      /** @description what it is called at every door */
      key: string
      /** @description its label as it is shown */
      marking: string
      name: string
      /** @description owner */
      organisation: string
      sources: {
        bytes: number
        file: string | null
        name: string
        sha256: string | null
      }[]
    }
    LedgerContent: {
      accounts: number
      assets: number
      blocks: {
        first: number
        last: number
      } | null
      chain: string
      /** @description it begins where the chain does */
      genesis: boolean
      /** @description two ledgers with the same hash answer every question alike */
      hash: string
      /** @description a source keeps values as floating point */
      lossy: boolean
      /** @description how order was decided where a source lacks an index */
      notes: string[]
      time: {
        first: string
        last: string
      } | null
      transactions: number
      transfers: number
    }
    ListDifference: {
      added: {
        id: string
        kind: string
        name: string
        programmes: string[]
      }[]
      changed: {
        fields: {
          after: unknown
          before: unknown
          field: string
        }[]
        id: string
        kind: string
        name: string
        programmes: string[]
      }[]
      from: {
        entries: number
        published: string | null
        version: string
      }
      list: string
      removed: {
        id: string
        kind: string
        name: string
        programmes: string[]
      }[]
      to: {
        entries: number
        published: string | null
        version: string
      }
      unchanged: number
    }
    ListedCountry: {
      code: string | null
      text: string
    }
    ListedDate: {
      circa: boolean
      from: string | null
      text: string
      to: string | null
    }
    ListedName: {
      family: string | null
      full: string
      given: string | null
      /** @enum {string} */
      quality: 'primary' | 'strong' | 'weak'
      /** @enum {string} */
      type: 'primary' | 'aka' | 'fka' | 'nka' | 'original-script'
    }
    ListEntry: {
      addresses: {
        country: components['schemas']['ListedCountry'] | null
        text: string
      }[]
      /** @description every day from `from` to `to`; both null for a date that does not exist */
      amendedOn: components['schemas']['ListedDate'] | null
      birthPlaces: string[]
      births: components['schemas']['ListedDate'][]
      countries: components['schemas']['ListedCountry'][]
      id: string
      identifiers: {
        country: components['schemas']['ListedCountry'] | null
        /** @description every day from `from` to `to`; both null for a date that does not exist */
        expires: components['schemas']['ListedDate'] | null
        /** @description every day from `from` to `to`; both null for a date that does not exist */
        issued: components['schemas']['ListedDate'] | null
        kind: string
        note: string | null
        value: string
      }[]
      kind: string
      legalBasis: string[]
      links: {
        id: string | null
        name: string
        relation: string
      }[]
      list: string
      /** @description every day from `from` to `to`; both null for a date that does not exist */
      listedOn: components['schemas']['ListedDate'] | null
      names: components['schemas']['ListedName'][]
      place: {
        file: string
        line: number | null
      }
      programmes: string[]
      /** @description the record as it stands in the list’s file */
      raw: string
      remarks: string[]
      sex: string | null
      titles: string[]
      wallets: {
        address: string
        asset: string
      }[]
    }
    ListEntryRead: {
      entry: components['schemas']['ListEntry']
      version: string
    }
    ListEvent: {
      by: string
      entries?: number
      event: number
      fetchedAt: string | null
      /** @enum {string} */
      kind: 'imported' | 'confirmed-unchanged' | 'refused'
      overruled?: {
        approvedBy: string
        reason: string
        refusals: components['schemas']['ListRefusal'][]
      } | null
      published?: string | null
      refusals?: components['schemas']['ListRefusal'][]
      replaces?: string | null
      sources: components['schemas']['ListSource'][]
      sourceUrl: string | null
      stays?: string | null
      time: string
      version?: string
    }
    ListHistories: {
      lists: components['schemas']['ListHistory'][]
    }
    ListHistory: {
      knew: {
        matches: {
          id: string
          /** @description every day from `from` to `to`; both null for a date that does not exist */
          listedOn: components['schemas']['ListedDate'] | null
          name: string
        }[]
        version: {
          imported: string
          published: string | null
          version: string
        } | null
      }
      list: string
      on: string
      says: {
        because: string
        disappeared: {
          gone: {
            imported: string
            published: string | null
            version: string
          }
          last: {
            imported: string
            published: string | null
            version: string
          }
        }[]
        first: {
          imported: string
          published: string | null
          version: string
        }
        id: string
        last: {
          imported: string
          published: string | null
          version: string
        }
        /** @description every day from `from` to `to`; both null for a date that does not exist */
        listedOn: components['schemas']['ListedDate'] | null
        name: string
        /** @enum {string} */
        verdict: 'listed' | 'not-listed' | 'uncertain'
      }[]
      versions: number
    }
    ListImportInput: {
      /**
       * Format: date-time
       * @description when the files were fetched from the authority
       */
      fetchedAt?: string
      files?: string[]
      /** @description where the content does not tell */
      format?: string
      label?: components['schemas']['LabelInput']
      /** @description id of a list, e.g. us-ofac-sdn */
      list?: string
      /** Format: uuid */
      overruling?: string
      /** @description when the list was published, for formats that do not tell */
      published?: string
      /** Format: uri */
      sourceUrl?: string
      uploads?: string[]
    }
    ListInService: {
      confirmed: string
      entries: number
      imported: string
      list: string
      published: string | null
      version: string
    }
    ListRead: {
      alarms: {
        code: string
        message: string
      }[]
      authority: string | null
      events: number
      /** @description SHA-256 of the last line of the list’s log */
      head: string | null
      inService: {
        age: {
          iso: string
          seconds: number
        }
        by: string
        confirmed: string
        counts: {
          births: number
          entries: number
          identifiers: number
          names: number
          wallets: number
        }
        format: string
        imported: string
        kinds: {
          aircraft: number
          organisation: number
          person: number
          unknown: number
          vessel: number
        }
        maxAge: {
          iso: string
          seconds: number
        }
        notes: {
          refused: number
          total: number
        }
        published: string | null
        sha256: string
        sources: components['schemas']['ListSource'][]
        version: string
      } | null
      lastRefusal: {
        by: string
        refusals: components['schemas']['ListRefusal'][]
        sources: components['schemas']['ListSource'][]
        time: string
      } | null
      list: string
      /** @description every import, oldest first */
      log: components['schemas']['ListEvent'][]
      title: string
      versions: number
    }
    ListRefusal: {
      code: string
      message: string
      remedy: string
    }
    Lists: {
      at: string
      items: components['schemas']['ListStatus'][]
      screening: {
        /** @description what is screened against now */
        lists: components['schemas']['ListInService'][]
        matcher: string | null
        problem: string | null
        /** @enum {string} */
        state: 'opening' | 'ready' | 'none' | 'failed'
      }
    }
    ListSource: {
      bytes: number
      name: string
      sha256: string
    }
    ListStatus: {
      alarms: {
        code: string
        message: string
      }[]
      authority: string | null
      events: number
      /** @description SHA-256 of the last line of the list’s log */
      head: string | null
      inService: {
        age: {
          iso: string
          seconds: number
        }
        by: string
        confirmed: string
        counts: {
          births: number
          entries: number
          identifiers: number
          names: number
          wallets: number
        }
        format: string
        imported: string
        kinds: {
          aircraft: number
          organisation: number
          person: number
          unknown: number
          vessel: number
        }
        maxAge: {
          iso: string
          seconds: number
        }
        notes: {
          refused: number
          total: number
        }
        published: string | null
        sha256: string
        sources: components['schemas']['ListSource'][]
        version: string
      } | null
      lastRefusal: {
        by: string
        refusals: components['schemas']['ListRefusal'][]
        sources: components['schemas']['ListSource'][]
        time: string
      } | null
      list: string
      title: string
      versions: number
    }
    /** @description where `ledger` names an Esplora server among the sources */
    LiveInput: {
      /** @description hash of the block as of which it answers; its newest */
      asOf?: string
      /** @description requests at most, where that is less than the operator allows */
      maxRequests?: number
    }
    /** @description proves offline that an entry is in the record: `cordon audit proof` */
    LogProof: {
      checkpoint: string
      entry: string
      format: string
      index: number
      path: string[]
    }
    LookUp: {
      address: string
      entity: components['schemas']['Entity'] | null
      tags: components['schemas']['Tag'][]
    }
    Me: {
      caveats: string[]
      credential: {
        id: string
        /** @enum {string} */
        kind: 'session' | 'key' | 'certificate'
      }
      /** @description of a session: to be sent as X-Cordon-Csrf with every request that changes something */
      csrf: string | null
      name: string
      nation: string
      organisation: string
      /** Format: uuid */
      person: string
      roles: ('analyst' | 'supervisor' | 'releaser' | 'compliance' | 'administrator' | 'auditor' | 'subscriber')[]
      /** @description what this very credential opens */
      scopes: (
        | 'cases:read'
        | 'cases:write'
        | 'objects:read'
        | 'objects:write'
        | 'release:change'
        | 'exports:make'
        | 'traces:run'
        | 'ledgers:read'
        | 'ledgers:import'
        | 'lists:read'
        | 'lists:import'
        | 'screen:ask'
        | 'screen:decide'
        | 'screen:second'
        | 'alerts:read'
        | 'alerts:write'
        | 'rules:write'
        | 'freeze:draft'
        | 'freeze:authorise'
        | 'freeze:send'
        | 'freeze:answer'
        | 'directory:write'
        | 'deconflict:ask'
        | 'events:read'
        | 'webhooks:manage'
        | 'people:read'
        | 'people:manage'
        | 'record:read'
        | 'record:export'
        | 'node:manage'
        | 'keys:own'
      )[]
    }
    NamedDecision: {
      /** Format: uuid */
      decision: string
      record: number
    }
    NewApiKey: {
      /** Format: date-time */
      createdAt: string
      /** Format: date-time */
      expiresAt: string
      /** @description the part between the underscores; no secret */
      id: string
      /** @description the key itself: here and never again */
      key: string
      name: string
      rate: {
        /** @description so many at once */
        burst: number
        perMinute: number
      }
      revokedAt: string | null
      scopes: string[]
      usedAt: string | null
    }
    Note: {
      body: components['schemas']['NoteBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    NoteBody: {
      text: string
    }
    Object: {
      /** @description as its kind has it */
      body: unknown
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    Organisation: {
      /** @description short and for ever: labels name it */
      code: string
      kind: string
      name: string
      nation: string
    }
    Overruling: {
      body: components['schemas']['OverrulingBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    OverrulingBody: {
      approved: {
        at: string
        /** Format: uuid */
        by: string
        reason: string
      } | null
      at: string
      /** Format: uuid */
      by: string
      codes: (
        | 'empty-file'
        | 'no-entries'
        | 'shrunken'
        | 'kinds'
        | 'refused-rows'
        | 'older'
        | 'future'
        | 'other-format'
        | 'other-list'
        | 'schema'
      )[]
      list: string
      reason: string
      refusals: components['schemas']['ListRefusal'][]
      refusedAt: string
      sources: components['schemas']['ListSource'][]
      /** @enum {string} */
      state: 'proposed' | 'approved'
    }
    Passkey: {
      backedUp: boolean
      /** Format: date-time */
      createdAt: string
      /** @description singleDevice, or multiDevice where it may be copied between your devices */
      deviceType: string
      id: string
      name: string
      suspendedAt: string | null
      usedAt: string | null
    }
    Person: {
      /** @description what the person was read into */
      caveats: string[]
      /** Format: date-time */
      createdAt: string
      disabled: boolean
      email: string | null
      /** Format: uuid */
      id: string
      name: string
      /** @description code */
      organisation: string
      roles: ('analyst' | 'supervisor' | 'releaser' | 'compliance' | 'administrator' | 'auditor' | 'subscriber')[]
      version: number
    }
    Problem: {
      /** @description stable and machine-readable, e.g. node/not-found */
      code: string
      detail?: string
      /** @description id of the request, as in the log */
      instance?: string
      /** @description where in the request or file it is */
      place?: string
      /** @description what to do */
      remedy?: string
      status: number
      title: string
      /** @description URI of the kind of problem: /problems/CODE */
      type: string
    }
    Provenance: {
      capturedAt?: string | null
      capturedBy?: string | null
      device?: string | null
      notes?: string | null
      originalSha256?: string | null
      tool?: string | null
      toolVersion?: string | null
      url?: string | null
    }
    ProvenObject: {
      body: unknown
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      proof: {
        checkpoint: string
        entry: string
        format: string
        index: number
        path: string[]
      }
      version: number
    }
    PublicKeyCredential: {
      id: string
      response: {
        clientDataJSON: string
      } & {
        [key: string]: unknown
      }
      /** @enum {string} */
      type: 'public-key'
    } & {
      [key: string]: unknown
    }
    PublicKeyCredentialOptions: {
      challenge: string
    } & {
      [key: string]: unknown
    }
    Reach: {
      accounts: {
        account: string
        hub: boolean
        /** @description place in the ledger of its earliest arrival */
        row: number
        start: boolean
      }[]
      ledgerEnds: string | null
      /** @description maxAccounts ended the search */
      limited: boolean
      passed: number
      reached: number
      transfersRead: number
    }
    ReachInput: {
      from: {
        /** @description an address of the chain, in any letter case that it allows */
        address: string
        /** @description UTC, ISO 8601: 2023-06-02T21:49:23Z, or a date */
        at?: string
      }[]
      /**
       * @description outgoing transfers from which an account is not passed through
       * @default 5000
       */
      hubTransfers: number
      /**
       * @description accounts that are answered, of those reached first
       * @default 1000
       */
      limit: number
      /**
       * @description accounts passed through at most
       * @default 50000
       */
      maxAccounts: number
      /** @description UTC, ISO 8601: 2023-06-02T21:49:23Z, or a date */
      until?: string
    }
    Readiness: {
      checks: {
        /** @enum {string} */
        database: 'ok' | 'failing'
        /** @enum {string} */
        disk: 'ok' | 'failing'
        /** @enum {string} */
        record: 'ok' | 'failing'
      }
      /** @enum {string} */
      status: 'ready' | 'degraded' | 'unavailable'
    }
    Reason: {
      /** @enum {string} */
      about: 'name' | 'birth' | 'country' | 'sex' | 'paper' | 'wallet' | 'vessel' | 'alias' | 'decision'
      /** @enum {string} */
      effect: 'agrees' | 'costs' | 'contradicts' | 'missing' | 'says'
      listed: string
      query: string
      rule: string
      weight: number
    }
    Replayed: {
      replayed: number
    }
    Rule: {
      body: components['schemas']['RuleBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      looks: boolean | null
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    RuleBody: {
      /**
       * Format: uuid
       * @description by whose eyes it looks: who last wrote it
       */
      author: string
      enabled: boolean
      ended: string | null
      name: string
      /** @description length of the window in which what happens to the same subject is one alert */
      quietSeconds: number
      /** @enum {string} */
      severity: 'low' | 'medium' | 'high' | 'critical'
      /** @description ids of the watches that it is about; null for all. Freeze clocks and cases need none */
      watches: string[] | null
      when:
        | {
            /** @description least amount by asset (CAIP-19), in base units; other assets do not count. Null for any amount but nothing of any asset */
            assets: {
              [key: string]: string
            } | null
            /** @description kinds of whoever is on the other side; null for any */
            counterparties:
              | (
                  | 'exchange'
                  | 'mixer'
                  | 'bridge'
                  | 'defi'
                  | 'gambling'
                  | 'payment'
                  | 'custody'
                  | 'other-service'
                  | 'unnamed-service'
                  | 'null-account'
                  | 'miners'
                  | 'actor'
                )[]
              | null
            /** @enum {string} */
            direction: 'in' | 'out' | 'any'
            /** @description ids of entities on the other side; null for any */
            entities: string[] | null
            /** @enum {string} */
            event: 'movement'
          }
        | {
            /** @description least amount by asset (CAIP-19), in base units; other assets do not count. Null for any amount but nothing of any asset */
            assets: {
              [key: string]: string
            } | null
            /** @description null for any */
            changes: ('new-endpoint' | 'more-arrived' | 'moved-on')[] | null
            /** @enum {string} */
            event: 'trace'
            /** @description kinds of whoever is on the other side; null for any */
            kinds:
              | (
                  | 'exchange'
                  | 'mixer'
                  | 'bridge'
                  | 'defi'
                  | 'gambling'
                  | 'payment'
                  | 'custody'
                  | 'other-service'
                  | 'unnamed-service'
                  | 'null-account'
                  | 'miners'
                  | 'actor'
                )[]
              | null
          }
        | {
            /** @description null for any */
            changes: ('added' | 'removed' | 'changed')[] | null
            /** @enum {string} */
            event: 'list'
            /** @description null for any */
            lists: string[] | null
          }
        | {
            /** @enum {string} */
            event: 'freeze-clock'
            /** @description least time past the window */
            overdueSeconds: number
          }
        | {
            /** @description ids; null for any */
            cases: string[] | null
            /** @description changes such as `status`, which stands for `status.closed` too; null for any */
            changes: string[] | null
            /** @enum {string} */
            event: 'case'
          }
    }
    RuleGiven: {
      enabled: boolean
      name: string
      /** @description length of the window in which what happens to the same subject is one alert */
      quietSeconds: number
      /** @enum {string} */
      severity: 'low' | 'medium' | 'high' | 'critical'
      /** @description ids of the watches that it is about; null for all. Freeze clocks and cases need none */
      watches: string[] | null
      when:
        | {
            /** @description least amount by asset (CAIP-19), in base units; other assets do not count. Null for any amount but nothing of any asset */
            assets: {
              [key: string]: string
            } | null
            /** @description kinds of whoever is on the other side; null for any */
            counterparties:
              | (
                  | 'exchange'
                  | 'mixer'
                  | 'bridge'
                  | 'defi'
                  | 'gambling'
                  | 'payment'
                  | 'custody'
                  | 'other-service'
                  | 'unnamed-service'
                  | 'null-account'
                  | 'miners'
                  | 'actor'
                )[]
              | null
            /** @enum {string} */
            direction: 'in' | 'out' | 'any'
            /** @description ids of entities on the other side; null for any */
            entities: string[] | null
            /** @enum {string} */
            event: 'movement'
          }
        | {
            /** @description least amount by asset (CAIP-19), in base units; other assets do not count. Null for any amount but nothing of any asset */
            assets: {
              [key: string]: string
            } | null
            /** @description null for any */
            changes: ('new-endpoint' | 'more-arrived' | 'moved-on')[] | null
            /** @enum {string} */
            event: 'trace'
            /** @description kinds of whoever is on the other side; null for any */
            kinds:
              | (
                  | 'exchange'
                  | 'mixer'
                  | 'bridge'
                  | 'defi'
                  | 'gambling'
                  | 'payment'
                  | 'custody'
                  | 'other-service'
                  | 'unnamed-service'
                  | 'null-account'
                  | 'miners'
                  | 'actor'
                )[]
              | null
          }
        | {
            /** @description null for any */
            changes: ('added' | 'removed' | 'changed')[] | null
            /** @enum {string} */
            event: 'list'
            /** @description null for any */
            lists: string[] | null
          }
        | {
            /** @enum {string} */
            event: 'freeze-clock'
            /** @description least time past the window */
            overdueSeconds: number
          }
        | {
            /** @description ids; null for any */
            cases: string[] | null
            /** @description changes such as `status`, which stands for `status.closed` too; null for any */
            changes: string[] | null
            /** @enum {string} */
            event: 'case'
          }
    }
    ScreenAnswer: {
      at: string
      hits: components['schemas']['Hit'][]
      lists: components['schemas']['ListInService'][]
      matcher: string
      notes: {
        code: string
        text: string
      }[]
      /** @enum {string} */
      outcome: 'potential-match' | 'no-potential-match' | 'not-screened'
      query: components['schemas']['ScreenQuery']
      setting: components['schemas']['ScreenSetting']
    }
    ScreenAsk: {
      /** @enum {string} */
      about: 'name' | 'wallet' | 'vessel'
      address?: string
      asset?: string | null
      query?: components['schemas']['ScreenQuery'] | components['schemas']['VesselQuery']
    }
    Screened: {
      /** @description without hits: no potential match on these lists as of these versions, never that somebody is cleared */
      answer: components['schemas']['ScreenAnswer']
      ask: components['schemas']['ScreenAsk']
      /** @description decisions that reasons of the answer name by number */
      decisions: components['schemas']['NamedDecision'][]
      explanation: components['schemas']['Explanation']
      /**
       * Format: uuid
       * @description id of the kept screening
       */
      screening: string | null
    }
    ScreenedAgain: {
      /** @description without hits: no potential match on these lists as of these versions, never that somebody is cleared */
      answer: components['schemas']['ScreenAnswer']
      changes: components['schemas']['ScreeningChange'][]
      decisions: components['schemas']['NamedDecision'][]
      explanation: components['schemas']['Explanation']
      /** @description of the screening, now */
      version: number
    }
    ScreenedAgainPage: {
      /** @description those that differ */
      items: {
        changes: components['schemas']['ScreeningChange'][]
        /** Format: uuid */
        screening: string
        version: number
      }[]
      /** @description cursor of the next page; none where this is the last */
      next?: string
      /** @description asked again on this page */
      screenings: number
    }
    ScreenedBatch: {
      decisions: components['schemas']['NamedDecision'][]
      lists: components['schemas']['ListInService'][]
      matcher: string
      rows: components['schemas']['ScreenedRow'][]
      totals: {
        alerts: number
        /** @description without hits */
        clean: number
        hits: number
        /** @description nothing could be looked for */
        notScreened: number
        questions: number
        refused: number
        suppressed: number
        withHits: number
      }
    }
    ScreenedRow: {
      /** @description without hits: no potential match on these lists as of these versions, never that somebody is cleared */
      answer: components['schemas']['ScreenAnswer'] | null
      ask: components['schemas']['ScreenAsk'] | null
      customer: string | null
      explanation: components['schemas']['Explanation'] | null
      /** @description of the question, from 1 */
      number: number
      refused: {
        code: string
        reason: string
      } | null
    }
    Screening: {
      body: components['schemas']['ScreeningBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    ScreeningBody: {
      /** @description without hits: no potential match on these lists as of these versions, never that somebody is cleared */
      answer: components['schemas']['ScreenAnswer']
      ask: components['schemas']['ScreenAsk']
      customer: string | null
      entries: {
        /** @description SHA-256 of what the list said of it */
        hash: string | null
        id: string
        list: string
      }[]
    }
    ScreeningChange: {
      after: {
        alert: boolean
        held: string | null
        score: number
        version: string
      } | null
      before: {
        alert: boolean
        held: string | null
        score: number
        version: string
      } | null
      /** @enum {string} */
      cause: 'entry' | 'list' | 'matcher' | 'decision' | 'unknown'
      entry: string
      /** @enum {string} */
      kind: 'new-hit' | 'gone-hit' | 'score-changed' | 'alert-changed' | 'suppression-lapsed'
      lapse: {
        record: number
        why: string
      } | null
      list: string
      primary: string
      statement: string
    }
    ScreenQuery: {
      /** @description every day from `from` to `to`; both null for a date that does not exist */
      birth: components['schemas']['ListedDate'] | null
      countries: string[]
      family: string | null
      given: string | null
      kind: string | null
      name: string
      otherNames: string[]
      papers: {
        country: string | null
        kind: string
        value: string
      }[]
      sex: string | null
    }
    ScreenSetting: {
      alert: number
      limit: number
      list: number
      weakAlerts: boolean
    }
    SeedInput:
      | {
          account: string
          amount?: string | null
          asset?: string | null
          from?: string | null
        }
      | {
          index?: number
          transaction: string
        }
      | string
    Session: {
      /** @description from where it was opened */
      address: string
      /** @description by which browser */
      agent: string
      /** Format: date-time */
      createdAt: string
      /** @description whether it is the one that asks */
      current: boolean
      /** Format: date-time */
      expiresAt: string
      /** @enum {string} */
      how: 'password' | 'passkey' | 'oidc' | 'link'
      /** Format: uuid */
      id: string
      /**
       * Format: date-time
       * @description to within a minute
       */
      usedAt: string
    }
    SessionOpened: {
      /** @description to be sent as X-Cordon-Csrf with every request that changes something */
      csrf: string
      /** Format: date-time */
      expiresAt: string
      /** Format: uuid */
      person: string
    }
    Source: {
      /** @description CAIP-2 */
      chain: string
      /**
       * @description blocks: named as `source` of an import or append; answers: named as `ledger` of a trace or an exposure
       * @enum {string}
       */
      gives: 'blocks' | 'answers'
      /** @enum {string} */
      kind: 'core-rpc' | 'core-rest' | 'esplora'
      name: string
    }
    SourceGiven: {
      /**
       * @description of what it says: 1 confirmed to 5 improbable, 6 not judged
       * @enum {unknown}
       */
      credibility?: 1 | 2 | 3 | 4 | 5 | 6
      original?: string | null
      published?: string | null
      publisher?: string | null
      read?: string | null
      readAs?: ('page' | 'stored copy' | 'stored excerpt' | 'recalled') | null
      /**
       * @description of the source, Admiralty Code: A completely reliable to E unreliable, F not judged
       * @enum {string}
       */
      reliability?: 'A' | 'B' | 'C' | 'D' | 'E' | 'F'
      sha256?: string | null
      title: string
      url?: string | null
    }
    Sources: {
      items: components['schemas']['Source'][]
    }
    Suppression: {
      /** Format: uuid */
      by: string
      /** Format: uuid */
      decision: string
      entry: string
      /**
       * @description what the list says of the entry now, against what was decided on
       * @enum {string}
       */
      entryNow: 'same' | 'changed' | 'unknown'
      expires: string | null
      list: string
      reason: string
      /** Format: uuid */
      second: string | null
      time: string
    }
    Suppressions: {
      suppressions: components['schemas']['Suppression'][]
    }
    Tag: {
      abuse: string | null
      actor: string | null
      address: string
      category: string | null
      concepts: string[]
      confidence: string
      /** @description 0 to 100 */
      confidenceLevel: number
      context: string | null
      currency: string
      /** @description file of tags of the node, or the id of a tag object */
      file: string
      label: string
      lastmod: string | null
      network: string
      pack: string
      source: string
      tagType: string
      txHash: string | null
    }
    TagBody: {
      abuse: string | null
      actor: string | null
      /** @description in canonical form */
      address: string
      category: string | null
      concepts: string[]
      confidence: string
      context: string | null
      currency: string
      label: string
      network: string
      source: string
    }
    TagInput: {
      abuse?: string | null
      actor?: string | null
      /** @description as people write it */
      address: string
      category?: string | null
      concepts?: string[]
      /**
       * @description on the TagPack scale: how its maker came to know
       * @enum {string}
       */
      confidence:
        | 'override'
        | 'ownership'
        | 'ledger_immanent'
        | 'manual_transaction'
        | 'service_api'
        | 'forensic_investigation'
        | 'authority_data'
        | 'trusted_provider'
        | 'service_data'
        | 'forensic'
        | 'untrusted_transaction'
        | 'web_crawl'
        | 'heuristic'
        | 'unknown'
      context?: string | null
      /** @description e.g. ETH, BTC */
      currency: string
      /** @description who or what it is */
      label: string
      /** @description where it is another one than the currency */
      network?: string
      /** @description where this is known from: an address of a page, or words */
      source: string
    }
    TagLibrary: {
      actors: number
      addresses: number
      conflicts: number
      files: {
        actors: number
        bytes: number
        file: string
        format: string
        sha256: string
        tags: number
        title: string
      }[]
      notes: number
      refused: number
      repeated: number
      tags: number
    }
    TagObject: {
      body: components['schemas']['TagBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    Trace: {
      body: components['schemas']['TraceBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    TraceBody: {
      assets: {
        decimals: number | null
        id: string
        symbol: string | null
      }[]
      conservation: {
        [key: string]: string
      }[]
      counts: {
        [key: string]: number
      }
      engine: string
      entities: components['schemas']['TraceEntity'][]
      inputs: {
        ownTags: string | null
        tagFiles: {
          file: string
          sha256: string
        }[]
      }
      job: string
      ledger: {
        /** @description hash of the block as of which a live server answered */
        asOf?: string
        chain: string
        hash: string
        key: string
        name: string
        time: {
          first: string
          last: string
        } | null
      }
      /** @description what this trace cannot see */
      limits: string[]
      parameters: {
        [key: string]: unknown
      }
      parts: {
        document: {
          bytes: number
          sha256: string
        }
        flows: {
          bytes: number
          sha256: string
        }
        graph: {
          bytes: number
          sha256: string
        }
        report: {
          bytes: number
          sha256: string
        }
      }
      seedCount: number
      seeds: unknown[]
      tags: {
        file: string
        sha256: string
        tags: number
        title: string
      }[]
      title: string
    }
    TraceEntity: {
      amounts: {
        amount: string
        asset: string
        least: string | null
        most: string | null
        unknown: string
      }[]
      basis: string
      confidence: number
      conflicts: string[]
      contact: string | null
      evidence: string[]
      id: string
      kind: string
      label: string
    }
    TraceInput: {
      label?: components['schemas']['LabelInput']
      /** @description name of a ledger of the configuration, or id of an imported one */
      ledger: string
      live?: components['schemas']['LiveInput']
      /**
       * @description with every tag object that you may read; the result then takes the labels of all of them
       * @default false
       */
      ownTags: boolean
      parameters?: components['schemas']['TraceOptions']
      seeds: components['schemas']['SeedInput'][]
      /** @description files of tags (TagPack, ActorPack, labels, CSV) */
      tagFiles?: string[]
      title: string
    }
    TraceOptions: {
      bitcoin?: {
        /** @enum {string} */
        clusters?: 'multi-input' | 'none'
        /** @enum {string} */
        fees?: 'share' | 'clean-first'
        /** @enum {string} */
        mixing?: 'stop' | 'follow'
      }
      /** @description least and most under any accounting */
      bounds?: boolean
      /** @description accounts opened at most while looking for bounds */
      boundsAccounts?: number
      deposit?: {
        /** @description blocks within which a receipt is forwarded */
        maxBlocks?: number
        /** @description base units: largest remainder of a forwarded receipt */
        maxRemainder?: string
        /** @description a fraction a/b: least share of what goes out that reaches one exchange */
        minForwarded?: string
      }
      /** @enum {string} */
      direction?: 'forward' | 'backward'
      /** @description transfers from which an untagged account is an unnamed service */
      hubTransfers?: number
      /** @enum {string} */
      lookAlikes?: 'leave-out' | 'keep'
      /** @description accounts opened at most */
      maxAccounts?: number
      /** @description hops from the seed after which nothing is opened */
      maxDepth?: number
      /** @description by asset; * for all */
      minAmount?: {
        [key: string]: string
      }
      /** @description a fraction a/b: stolen share of a transfer below which it opens no account */
      minShare?: string
      /**
       * @description what balances from before the ledger are taken for
       * @enum {string}
       */
      opening?: 'clean' | 'unknown'
      /**
       * @description which part of a mixed balance leaves first
       * @enum {string}
       */
      policy?: 'poison' | 'haircut' | 'fifo' | 'lifo' | 'tiho'
      /** @description transfers from which an untagged account that swaps counts as a pool */
      poolTransfers?: number
      until?: string | null
    }
    Transaction: {
      bitcoin: {
        coinbase: boolean
        fee: string | null
        inputs: components['schemas']['BitcoinOutput'][]
        outputs: components['schemas']['BitcoinOutput'][]
      } | null
      block: number
      /** @description transfers that are left out */
      more: number
      time: string | null
      transaction: string
      transfers: components['schemas']['Transfer'][]
    }
    Transfer: {
      asset: string
      block: number
      decimals: number | null
      from: string
      /** @description its place in the ledger */
      row: number
      symbol: string | null
      time: string | null
      to: string
      transaction: string
      /** @description base units */
      value: string
    }
    Upload: {
      bytes: number | null
      /** Format: date-time */
      createdAt: string
      /** Format: date-time */
      expiresAt: string
      /** Format: uuid */
      id: string
      mediaType: string | null
      name: string
      /** @description bytes that are there */
      offset: number
      sha256: string | null
      sniffed: string | null
      /** @enum {string} */
      state: 'open' | 'complete' | 'used' | 'ended'
    }
    UploadInput: {
      bytes?: number | null
      mediaType?: string | null
      /** @description a text; its ending says how the file is read */
      name: string
      sha256?: string | null
    }
    VerifiedFile: {
      /** Format: date-time */
      at: string
      bytes: number
      /** @description as the bytes are now */
      found: string
      same: boolean
      /** @description as it was received */
      sha256: string
    }
    VerifyDocumentInput: {
      /** Format: uuid */
      file?: string
      label?: components['schemas']['LabelInput']
      /** @description name of a ledger of the configuration, or id of an imported one */
      ledger: string
      live?: components['schemas']['LiveInput']
      /** @description files of tags (TagPack, ActorPack, labels, CSV) */
      tagFiles?: string[]
      /** Format: uuid */
      upload?: string
    }
    VesselQuery: {
      callSign: string | null
      flag: string | null
      imo: string | null
      mmsi: string | null
      name: string | null
    }
    Watch: {
      body: components['schemas']['WatchBody']
      /** Format: date-time */
      changedAt: string
      /** Format: uuid */
      changedBy: string
      /** Format: date-time */
      createdAt: string
      /** Format: uuid */
      createdBy: string
      /** @description SHA-256 of this version, as the record has it */
      hash: string
      /** Format: uuid */
      id: string
      kind: string
      label: components['schemas']['Label']
      /** @description the label as it is shown */
      marking: string
      /** @description owner */
      organisation: string
      version: number
    }
    WatchBody: {
      case: string | null
      ended: string | null
      /** @description why */
      note: string
      subject: components['schemas']['Watched']
    }
    Watched:
      | {
          /** @description in CAIP-10 */
          account: string
          /** @enum {string} */
          kind: 'account'
        }
      | {
          /** @description id of an entity of the tags */
          entity: string
          /** @enum {string} */
          kind: 'entity'
        }
      | {
          /** @enum {string} */
          kind: 'trace'
          /** Format: uuid */
          trace: string
        }
      | {
          /** @description id of an entry */
          entry: string
          /** @enum {string} */
          kind: 'list-entry'
          /** @description id of a list */
          list: string
        }
      | {
          /** @enum {string} */
          kind: 'name'
          /** @description of a person, body or ship on any list */
          name: string
        }
    WatchGiven: {
      case?: string | null
      /** @description why */
      note: string
      subject: components['schemas']['Watched']
    }
    WaysIn: {
      passkeys: boolean
      passwords: boolean
      providers: string[]
    }
    Webhook: {
      /** @enum {string} */
      channel: 'webhook' | 'mail'
      /** Format: date-time */
      createdAt: string
      disabledAt: string | null
      disabledReason: string | null
      events: string[]
      /** @description attempts in a row that failed */
      failures: number
      /** Format: uuid */
      id: string
      organisation: string
      /**
       * Format: uuid
       * @description whose eyes decide what is sent
       */
      person: string
      target: string
    }
    WebhookGiven:
      | {
          /** @enum {string} */
          channel: 'webhook'
          /** @description alert.opened, alert.reopened, alert.acknowledged, alert.escalated, alert.closed; none for all */
          events?: string[]
          url: string
        }
      | {
          address: string
          /** @enum {string} */
          channel: 'mail'
          /** @description alert.opened, alert.reopened, alert.acknowledged, alert.escalated, alert.closed; none for all */
          events?: string[]
        }
    WebhookMade: {
      endpoint: components['schemas']['Webhook']
      secret: string | null
    }
    WebhookOutcome: {
      /** @enum {string} */
      outcome: 'delivered' | 'retry' | 'refused' | 'gone'
      reason: string | null
      status: number | null
    }
    WebhookRead: {
      /** @enum {string} */
      channel: 'webhook' | 'mail'
      /** Format: date-time */
      createdAt: string
      disabledAt: string | null
      disabledReason: string | null
      events: string[]
      /** @description attempts in a row that failed */
      failures: number
      /** Format: uuid */
      id: string
      messages: {
        dead: number
        delivered: number
        dropped: number
        waiting: number
      }
      organisation: string
      /**
       * Format: uuid
       * @description whose eyes decide what is sent
       */
      person: string
      target: string
    }
    WebhookSecret: {
      secret: string
    }
    WelcomeLink: {
      /** @enum {string} */
      kind: 'administrator' | 'invitation'
      /** @description a login that suggests itself */
      login: string | null
      /** @description who is invited; the first administrator says it himself */
      name: string | null
    }
    When: {
      precision: string
      text: string
    }
  }
  responses: {
    /** @description The request does not fit its schema, or a cursor is not yours. */
    BadRequest: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description Somebody changed it meanwhile: read it again. */
    Changed: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description The Idempotency-Key was used for another request, or the present state forbids it. */
    Conflict: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description The caller lacks the scope, or the act is not his. */
    Forbidden: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description If-Match is missing. */
    NoPrecondition: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description It is not there, or not released to the caller: the two are the same. */
    NotFound: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description Nothing in the request shows who sends it, or what it shows no longer holds. */
    NotSignedIn: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description Any other error. */
    Problem: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description Too many requests: wait as long as Retry-After says. */
    TooManyRequests: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
  }
  parameters: {
    /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
    IdempotencyKey: string
    /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
    IfMatch: string
    /** @description the ETag of what was read, where the description asks for it: 428 without it then, 412 where somebody else was faster */
    IfMatchSometimes: string
    /** @description an ETag: 304 without content where it is still that version */
    IfNoneMatch: string
  }
  requestBodies: never
  headers: {
    /** @description the version, for If-Match and If-None-Match */
    ETag: string
    /** @description where the new object is */
    Location: string
  }
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  'alert.list': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
        /** @description owner */
        organisation?: string
        /** @description words that must all occur, such as an address */
        q?: string
        rule?: string
        severity?: 'low' | 'medium' | 'high' | 'critical'
        state?: 'open' | 'acknowledged' | 'escalated' | 'closed'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['AlertListed'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'alert.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Alert']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'alert.act': {
    parameters: {
      query?: never
      header: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['AlertAct']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Alert']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.list': {
    parameters: {
      query?: {
        assignee?: string
        cursor?: string
        /** @description id of a theft of the register */
        heist?: string
        limit?: number
        /** @description owner */
        organisation?: string
        priority?: 'low' | 'normal' | 'high' | 'urgent'
        /** @description words that must all occur */
        q?: string
        status?: 'open' | 'active' | 'suspended' | 'closed' | 'reopened'
        tag?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10",
           *           "kind": "case",
           *           "version": 1,
           *           "organisation": "home",
           *           "createdBy": "01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21",
           *           "createdAt": "2026-03-02T09:15:00.000Z",
           *           "changedBy": "01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21",
           *           "changedAt": "2026-03-02T09:15:00.000Z",
           *           "label": {
           *             "policy": "cordon-1",
           *             "tlp": "AMBER",
           *             "nations": [
           *               "JPN",
           *               "USA"
           *             ],
           *             "organisations": [],
           *             "caveats": [],
           *             "persons": [],
           *             "originator": "home",
           *             "expires": null
           *           },
           *           "marking": "TLP:AMBER REL TO USA, JPN",
           *           "body": {
           *             "title": "Theft from an exchange, 21 February 2025",
           *             "summary": "Follow the first 400,000 ETH.",
           *             "priority": "high",
           *             "tags": [],
           *             "references": [],
           *             "status": "open",
           *             "outcome": null,
           *             "assignees": [],
           *             "heist": null,
           *             "history": []
           *           },
           *           "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
           *         }
           *       ],
           *       "next": "b3BhcXVl"
           *     }
           */
          'application/json': {
            items: components['schemas']['Case'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "case": {
         *         "title": "Theft from an exchange, 21 February 2025",
         *         "summary": "Follow the first 400,000 ETH.",
         *         "priority": "high"
         *       },
         *       "label": {
         *         "tlp": "AMBER",
         *         "nations": [
         *           "JPN",
         *           "USA"
         *         ]
         *       }
         *     }
         */
        'application/json': {
          case: components['schemas']['CaseOpened']
          label?: components['schemas']['LabelInput']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10",
           *       "kind": "case",
           *       "version": 1,
           *       "organisation": "home",
           *       "createdBy": "01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21",
           *       "createdAt": "2026-03-02T09:15:00.000Z",
           *       "changedBy": "01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21",
           *       "changedAt": "2026-03-02T09:15:00.000Z",
           *       "label": {
           *         "policy": "cordon-1",
           *         "tlp": "AMBER",
           *         "nations": [
           *           "JPN",
           *           "USA"
           *         ],
           *         "organisations": [],
           *         "caveats": [],
           *         "persons": [],
           *         "originator": "home",
           *         "expires": null
           *       },
           *       "marking": "TLP:AMBER REL TO USA, JPN",
           *       "body": {
           *         "title": "Theft from an exchange, 21 February 2025",
           *         "summary": "Follow the first 400,000 ETH.",
           *         "priority": "high",
           *         "tags": [],
           *         "references": [],
           *         "status": "open",
           *         "outcome": null,
           *         "assignees": [],
           *         "heist": null,
           *         "history": []
           *       },
           *       "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "contents": {},
           *       "actions": [
           *         "start",
           *         "suspend",
           *         "close"
           *       ]
           *     }
           */
          'application/json': components['schemas']['CaseRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10",
           *       "kind": "case",
           *       "version": 1,
           *       "organisation": "home",
           *       "createdBy": "01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21",
           *       "createdAt": "2026-03-02T09:15:00.000Z",
           *       "changedBy": "01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21",
           *       "changedAt": "2026-03-02T09:15:00.000Z",
           *       "label": {
           *         "policy": "cordon-1",
           *         "tlp": "AMBER",
           *         "nations": [
           *           "JPN",
           *           "USA"
           *         ],
           *         "organisations": [],
           *         "caveats": [],
           *         "persons": [],
           *         "originator": "home",
           *         "expires": null
           *       },
           *       "marking": "TLP:AMBER REL TO USA, JPN",
           *       "body": {
           *         "title": "Theft from an exchange, 21 February 2025",
           *         "summary": "Follow the first 400,000 ETH.",
           *         "priority": "high",
           *         "tags": [],
           *         "references": [],
           *         "status": "open",
           *         "outcome": null,
           *         "assignees": [],
           *         "heist": null,
           *         "history": []
           *       },
           *       "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "contents": {
           *         "note": 3,
           *         "trace": 1
           *       },
           *       "actions": [
           *         "start",
           *         "suspend",
           *         "close"
           *       ]
           *     }
           */
          'application/json': components['schemas']['CaseRead']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['CaseGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.assign': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          assignees: string[]
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'claim.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          claim: components['schemas']['ClaimGiven']
          label?: components['schemas']['LabelInput']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Claim']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.contents': {
    parameters: {
      query?: {
        cursor?: string
        kind?: string
        limit?: number
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Held'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.attach': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** Format: uuid */
          object: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.detach': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
        object: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.custody': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseCustody']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.custody-text': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'denial.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          denial: components['schemas']['DenialGiven']
          /** @description claims that you may read */
          disputes?: string[]
          label?: components['schemas']['LabelInput']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Denial']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.export': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseExport']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.guard': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Guard']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'note.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          note: components['schemas']['NoteBody']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Note']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.act': {
    parameters: {
      query?: never
      header: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['CaseAction']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.timeline': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['CaseEvent'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'case.count': {
    parameters: {
      query?: {
        assignee?: string
        /** @description id of a theft of the register */
        heist?: string
        /** @description owner */
        organisation?: string
        priority?: 'low' | 'normal' | 'high' | 'urgent'
        /** @description words that must all occur */
        q?: string
        status?: 'open' | 'active' | 'suspended' | 'closed' | 'reopened'
        tag?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseFacets']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'claim.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Claim']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'claim.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ClaimGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Claim']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'claim.denials': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Denial'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'person.colleagues': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Colleague'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'deconflict.holdings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['DeconflictHolding'][]
          }
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'deconflict.file': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['DeconflictHoldingGiven']
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DeconflictFiling']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'deconflict.withdraw': {
    parameters: {
      query?: never
      header?: never
      path: {
        object: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            withdrawn: number
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'deconflict.notices': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['DeconflictNotice'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'denial.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Denial']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'denial.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['DenialGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Denial']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'events.stream': {
    parameters: {
      query?: {
        after?: string
        /** @description kinds of objects (default all) */
        kind?: string[]
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Events until the connection or the session ends. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example retry: 3000
           *     id: 6Jr0…
           *
           *     id: Yt8f…
           *     event: change
           *     data: {"object":"01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10","version":1,"kind":"case","action":"created","time":"2026-03-02T09:15:00.000Z"}
           */
          'text/event-stream': string
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'exchange.list': {
    parameters: {
      query?: {
        jurisdiction?: string
        kind?: 'exchange' | 'issuer' | 'swap-service' | 'broker'
        /** @description part of a name */
        q?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['ExchangeEntry'][]
            notAsked: components['schemas']['ExchangeNotAsked'][]
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'exchange.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          entry: components['schemas']['ExchangeEntryGiven']
          label?: components['schemas']['LabelInput']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DirectoryEntry']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'exchange.read': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description lower-case words with hyphens */
        exchange: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ExchangeEntry']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'exchange.own': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        /** @description lower-case words with hyphens */
        exchange: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DirectoryEntry']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'exchange.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        /** @description lower-case words with hyphens */
        exchange: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ExchangeEntryGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DirectoryEntry']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'exchange.withdraw': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        /** @description lower-case words with hyphens */
        exchange: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['DirectoryEntry']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.schema': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': unknown
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'file.list': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
        q?: string
        sha256?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['File'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'file.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          provenance?: components['schemas']['Provenance']
          /** Format: uuid */
          upload: string
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['File']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'file.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['File']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'file.content': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description the bytes */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      /** @description the bytes */
      206: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'file.custody': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['CustodyEvent'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'file.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['Provenance']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['File']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'file.verify': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['VerifiedFile']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'heist.list': {
    parameters: {
      query?: {
        /** @description as the register spells the name */
        attributedBy?: string
        /** @description CAIP-2, e.g. eip155:1 */
        chain?: string
        standing?: 'official' | 'analyst' | 'suspected'
        /** @description part of the name or id */
        victim?: string
        year?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            asOf: string
            items: components['schemas']['HeistLine'][]
            publishers: string[]
            register: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'heist.read': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Heist']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'heist.open-case': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          assignees?: string[]
          case?: {
            /** @enum {string} */
            priority?: 'low' | 'normal' | 'high' | 'urgent'
            references?: components['schemas']['CaseReference'][]
            summary?: string | null
            tags?: string[]
            title?: string
          }
          label?: components['schemas']['LabelInput']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'heist.seeds': {
    parameters: {
      query?: {
        /** @description CAIP-2, e.g. eip155:1 */
        chain?: string
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HeistSeeds']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'heist.account': {
    parameters: {
      query?: {
        /** @description publisher, as the register spells the name */
        by?: string
        policy?: 'lowest' | 'highest' | 'publisher'
        year?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HeistAccount']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'heist.record-year': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['HeistRecordYears']
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'job.list': {
    parameters: {
      query?: {
        cursor?: string
        kind?: string
        limit?: number
        status?: 'queued' | 'running' | 'stopping' | 'done' | 'failed' | 'cancelled' | 'interrupted'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Job'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'job.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'job.cancel': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'job.resume': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.list': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Ledger'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          description?: string | null
          label?: components['schemas']['LabelInput']
          name: string
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Ledger']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.read': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Ledger']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.balances': {
    parameters: {
      query?: {
        /** @description UTC, ISO 8601: 2023-06-02T21:49:23Z, or a date */
        from?: string
        /** @description UTC, ISO 8601: 2023-06-02T21:49:23Z, or a date */
        to?: string
      }
      header?: never
      path: {
        /** @description an address of the chain, in any letter case that it allows */
        address: string
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Balances']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.transfers': {
    parameters: {
      query?: {
        /** @description CAIP-19 */
        asset?: string
        cursor?: string
        direction?: 'in' | 'out' | 'both'
        /** @description UTC, ISO 8601: 2023-06-02T21:49:23Z, or a date */
        from?: string
        limit?: number
        /** @description UTC, ISO 8601: 2023-06-02T21:49:23Z, or a date */
        to?: string
      }
      header?: never
      path: {
        /** @description an address of the chain, in any letter case that it allows */
        address: string
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Transfer'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.append': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ImportInput']
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.clusters': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          /**
           * @description with every tag object that you may read; the result then takes the labels of all of them
           * @default false
           */
          ownTags?: boolean
          /** @description files of tags (TagPack, ActorPack, labels, CSV) */
          tagFiles?: string[]
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.coinjoins': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          /**
           * @description with every tag object that you may read; the result then takes the labels of all of them
           * @default false
           */
          ownTags?: boolean
          /** @description files of tags (TagPack, ActorPack, labels, CSV) */
          tagFiles?: string[]
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.deposits': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          /**
           * @description with every tag object that you may read; the result then takes the labels of all of them
           * @default false
           */
          ownTags?: boolean
          rule?: {
            /** @description blocks within which a receipt is forwarded */
            maxBlocks?: number
            /** @description base units: largest remainder of a forwarded receipt */
            maxRemainder?: string
            /** @description a fraction a/b: least share of what goes out that reaches one exchange */
            minForwarded?: string
          }
          /** @description files of tags (TagPack, ActorPack, labels, CSV) */
          tagFiles?: string[]
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.export': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': Record<string, never>
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.import': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ImportInput']
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.look-alikes': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description accounts that may have been baited; all of the ledger where left out */
          addresses?: string[]
          label?: components['schemas']['LabelInput']
          /**
           * @description larger accounts are passed over and counted, unless named
           * @default 20000
           */
          maxTransfers?: number
          /**
           * @description with every tag object that you may read; the result then takes the labels of all of them
           * @default false
           */
          ownTags?: boolean
          /** @description files of tags (TagPack, ActorPack, labels, CSV) */
          tagFiles?: string[]
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.peel': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @default false */
          backward?: boolean
          /** @description txid:index of an output, or the id of a transaction of the chain */
          from: string
          label?: components['schemas']['LabelInput']
          /** @default 1000 */
          maxHops?: number
          /**
           * @description with every tag object that you may read; the result then takes the labels of all of them
           * @default false
           */
          ownTags?: boolean
          /** @description files of tags (TagPack, ActorPack, labels, CSV) */
          tagFiles?: string[]
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.reach': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ReachInput']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Reach']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.transaction': {
    parameters: {
      query?: never
      header?: never
      path: {
        hash: string
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Transaction']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'ledger.verify': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        /** @description name of a ledger of the configuration, or id of an imported one */
        ledger: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'list.list': {
    parameters: {
      query?: {
        /** @description how they stood then */
        at?: string
        /** @description days after which any list is stale */
        maxAgeDays?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Lists']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'list.read': {
    parameters: {
      query?: {
        /** @description how they stood then */
        at?: string
        /** @description days after which any list is stale */
        maxAgeDays?: number
      }
      header?: never
      path: {
        /** @description id of a list, e.g. us-ofac-sdn */
        list: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ListRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'list.diff': {
    parameters: {
      query?: {
        from?: string
        to?: string
      }
      header?: never
      path: {
        /** @description id of a list, e.g. us-ofac-sdn */
        list: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ListDifference']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'list.entry': {
    parameters: {
      query?: {
        /** @description of the list; the one in service without it */
        version?: string
      }
      header?: never
      path: {
        entry: string
        /** @description id of a list, e.g. us-ofac-sdn */
        list: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ListEntryRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'list.history.get': {
    parameters: {
      query: {
        /** @description a day (its end, UTC) or a time: 2024-05-03, 2024-05-03T10:00:00Z */
        on: string
      }
      header?: never
      path: {
        entry: string
        /** @description id of a list, e.g. us-ofac-sdn */
        list: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ListHistory']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'list.history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description id of a list, e.g. us-ofac-sdn */
          list?: string
          /** @description a day (its end, UTC) or a time: 2024-05-03, 2024-05-03T10:00:00Z */
          on: string
          /** @description an entry’s id, or part of a name */
          query: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ListHistories']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'list.import': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['ListImportInput']
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'list.verify': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'me.read': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Me']
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'key.list': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['ApiKey'][]
          }
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'key.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description at most a year from now
           */
          expiresAt: string
          /** @description what uses it */
          name: string
          rate?: {
            /** @description so many at once */
            burst: number
            perMinute: number
          }
          scopes: string[]
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['NewApiKey']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'key.revoke': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description its id */
        key: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'passkey.list': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Passkey'][]
          }
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'passkey.add': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          credential: components['schemas']['PublicKeyCredential']
          /** @description where it is kept */
          name: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            passkey: components['schemas']['Passkey']
            session: components['schemas']['SessionOpened']
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'passkey.remove': {
    parameters: {
      query?: never
      header?: never
      path: {
        passkey: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'passkey.options': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PublicKeyCredentialOptions']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'password.set': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          current?: string
          /** @description mail address or short name; upper and lower case are the same */
          login: string
          password: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOpened']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'session.list': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Session'][]
          }
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'session.end-others': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            ended: number
          }
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'session.end': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'node.backup': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          passphrase?: string
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Backup']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'note.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Note']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'note.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NoteBody']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Note']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'object.list': {
    parameters: {
      query?: {
        cursor?: string
        kind?: string
        limit?: number
        /** @description owner */
        organisation?: string
        /** @description words that must all occur */
        q?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Object'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'object.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Object']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'object.relabel': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "label": {
         *         "tlp": "AMBER",
         *         "nations": [
         *           "JPN",
         *           "KOR",
         *           "USA"
         *         ]
         *       },
         *       "reason": "Korea follows the same accounts."
         *     }
         */
        'application/json': {
          label: components['schemas']['LabelInput']
          reason: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10",
           *       "kind": "case",
           *       "version": 2,
           *       "organisation": "home",
           *       "createdBy": "01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21",
           *       "createdAt": "2026-03-02T09:15:00.000Z",
           *       "changedBy": "01939f70-52a4-7e0b-8a3d-1f0c4b9e7d21",
           *       "changedAt": "2026-03-02T09:15:00.000Z",
           *       "label": {
           *         "policy": "cordon-1",
           *         "tlp": "AMBER",
           *         "nations": [
           *           "JPN",
           *           "KOR",
           *           "USA"
           *         ],
           *         "organisations": [],
           *         "caveats": [],
           *         "persons": [],
           *         "originator": "home",
           *         "expires": null
           *       },
           *       "marking": "TLP:AMBER REL TO USA, JPN, KOR",
           *       "body": {
           *         "title": "Theft from an exchange, 21 February 2025",
           *         "summary": "Follow the first 400,000 ETH.",
           *         "priority": "high",
           *         "tags": [],
           *         "references": [],
           *         "status": "open",
           *         "outcome": null,
           *         "assignees": [],
           *         "heist": null,
           *         "history": []
           *       },
           *       "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
           *     }
           */
          'application/json': components['schemas']['Object']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'object.links': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            from: {
              /** Format: uuid */
              id: string
              kind: string
              /** @enum {string} */
              link: 'holds' | 'comes-from' | 'refers'
              version: number
            }[]
            to: {
              /** Format: uuid */
              id: string
              kind: string
              /** @enum {string} */
              link: 'holds' | 'comes-from' | 'refers'
              version: number
            }[]
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'object.link': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "target": "01939f7e-9d40-7a5e-8c11-0b6f7c2d9e33"
         *     }
         */
        'application/json': {
          /** Format: uuid */
          target: string
        }
      }
    }
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'object.prove': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description proves offline that an entry is in the record: `cordon audit proof` */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LogProof']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'object.versions': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Object'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'object.count': {
    parameters: {
      query?: {
        kind?: string
        /** @description owner */
        organisation?: string
        /** @description words that must all occur */
        q?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "case": 12,
           *       "file": 40,
           *       "trace": 7
           *     }
           */
          'application/json': {
            [key: string]: number
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'organisation.list': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Organisation'][]
          }
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'organisation.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description short and for ever: labels name it */
          code: string
          /** @enum {string} */
          kind: 'agency' | 'exchange' | 'company' | 'team'
          name: string
          /** @description ISO 3166-1 alpha-3: what is released to a nation is released to its organisations */
          nation: string
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Organisation']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'overruling.list': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Overruling'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'overruling.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          codes: (
            | 'empty-file'
            | 'no-entries'
            | 'shrunken'
            | 'kinds'
            | 'refused-rows'
            | 'older'
            | 'future'
            | 'other-format'
            | 'other-list'
            | 'schema'
          )[]
          label?: components['schemas']['LabelInput']
          /** @description id of a list, e.g. us-ofac-sdn */
          list: string
          reason: string
          /**
           * Format: date-time
           * @description lastRefusal.time of the list
           */
          refusedAt: string
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Overruling']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'overruling.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Overruling']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'overruling.approve': {
    parameters: {
      query?: never
      header: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          reason: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Overruling']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'person.list': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Person'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'person.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description what the person was read into */
          caveats?: string[]
          email?: string | null
          name: string
          /** @description code */
          organisation?: string
          roles: ('analyst' | 'supervisor' | 'releaser' | 'compliance' | 'administrator' | 'auditor' | 'subscriber')[]
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Person']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'person.read': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Person']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'person.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description what the person was read into */
          caveats?: string[]
          disabled?: boolean
          email?: string | null
          name?: string
          /** @description code */
          organisation?: string
          roles?: ('analyst' | 'supervisor' | 'releaser' | 'compliance' | 'administrator' | 'auditor' | 'subscriber')[]
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Person']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'certificate.list': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Certificate'][]
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'certificate.register': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description PEM, without the key */
          certificate: string
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Certificate']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'certificate.remove': {
    parameters: {
      query?: never
      header?: never
      path: {
        fingerprint: string
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'person.invite': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Invitation']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'record.checkpoint': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            checkpoint: string | null
            key: string
            origin: string
          }
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'record.consistency': {
    parameters: {
      query: {
        first: number
        second: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            path: string[]
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'record.read': {
    parameters: {
      query: {
        from: number
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: {
              /** @description the bytes that the tree holds */
              entry: string
              index: number
            }[]
            next?: number
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'record.prove': {
    parameters: {
      query?: never
      header?: never
      path: {
        index: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description proves offline that an entry is in the record: `cordon audit proof` */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LogProof']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.list': {
    parameters: {
      query?: {
        caseNumber?: string
        cursor?: string
        exchange?: string
        limit?: number
        /** @description only those of which a deadline is overdue */
        overdue?: boolean
        /** @description words that must all occur */
        q?: string
        state?: 'draft' | 'authorised' | 'sent' | 'received' | 'held' | 'refused' | 'frozen' | 'released' | 'expired' | 'seized'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['FreezeRequestListed'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.open': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['FreezeRequestGiven']
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeRequestObject']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeRequestObject']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['FreezeChangeGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeRequestObject']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.act': {
    parameters: {
      query?: never
      header: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['FreezeActionGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeRequestObject']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.clock': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeClock']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.document': {
    parameters: {
      query?: {
        format?: 'json' | 'pdf' | 'text'
        language?: 'en' | 'fr' | 'ko' | 'ja'
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description the bytes; JSON follows the schema at /exchanges/request-schema */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.gate': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeGate']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.history': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeHistory']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.standing': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description base units */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeStanding']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'request.team': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['FreezeTeamGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['FreezeRequestObject']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'rule.list': {
    parameters: {
      query?: {
        cursor?: string
        enabled?: boolean
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Rule'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'rule.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          rule: components['schemas']['RuleGiven']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Rule']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'rule.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Rule']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'rule.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['RuleGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Rule']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'rule.end': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Rule']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.again': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description screen with the versions that were in service then
           */
          at?: string
          cursor?: string
          /** @default false */
          keep?: boolean
          /** @default 20 */
          limit?: number
          /** @description screen against these lists alone */
          lists?: string[]
          /** @description refuse to answer unless this is the matcher */
          matcher?: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ScreenedAgainPage']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.batch': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description screen with the versions that were in service then
           */
          at?: string
          /**
           * @description language of the explanation
           * @default en
           * @enum {string}
           */
          language?: 'en' | 'fr' | 'ko' | 'ja'
          /** @description screen against these lists alone */
          lists?: string[]
          /** @description refuse to answer unless this is the matcher */
          matcher?: string
          questions: (
            | {
                /** @enum {string} */
                about: 'name'
                /** @description date or year of birth: 1946-05-30, 1946, circa 1946 */
                birth?: string
                /** @description nationalities, flags, countries: ISO codes or names */
                countries?: string[]
                customer?: string
                family?: string
                given?: string
                /** @enum {string} */
                kind?: 'person' | 'organisation' | 'vessel' | 'aircraft' | 'unknown'
                /** @description as it is written, in any script; "Family, Given" tells the parts apart */
                name?: string
                /** @description further names of the same customer, in other scripts too */
                otherNames?: string[]
                /** @description documents and registration numbers */
                papers?: {
                  country?: string
                  /** @enum {string} */
                  kind:
                    | 'passport'
                    | 'national-id'
                    | 'tax-id'
                    | 'registration'
                    | 'imo-ship'
                    | 'imo-company'
                    | 'mmsi'
                    | 'call-sign'
                    | 'aircraft-tail'
                    | 'aircraft-serial'
                    | 'swift'
                    | 'lei'
                    | 'email'
                    | 'phone'
                    | 'website'
                    | 'other'
                  value: string
                }[]
                /** @enum {string} */
                sex?: 'female' | 'male'
              }
            | {
                /** @enum {string} */
                about: 'wallet'
                /** @description the address; payment URIs and CAIP-10 ids are taken too */
                address: string
                /** @description asset or chain, e.g. ETH, XBT, USDT; every chain that the address may belong to without it */
                asset?: string
                customer?: string
              }
            | {
                /** @enum {string} */
                about: 'vessel'
                callSign?: string
                customer?: string
                /** @description flag: ISO code or name */
                flag?: string
                /** @description IMO ship number */
                imo?: string
                mmsi?: string
                /** @description present or former name */
                name?: string
              }
          )[]
          setting?: {
            /** @description alert from this score on */
            alert?: number
            /** @description show at most so many hits */
            limit?: number
            /** @description show hits from this score on */
            list?: number
            /** @description let hits on weak aliases alert by themselves */
            weakAlerts?: boolean
          }
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ScreenedBatch']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'decision.list': {
    parameters: {
      query?: {
        cursor?: string
        decision?: 'true-match' | 'false-positive' | 'escalated' | 'no-hit' | 'undecided'
        limit?: number
        screening?: string
        state?: 'standing' | 'waiting' | 'refused'
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Decision'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'decision.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @enum {string} */
          decision: 'true-match' | 'false-positive' | 'escalated' | 'no-hit' | 'undecided'
          entry?: {
            id: string
            /** @description id of a list, e.g. us-ofac-sdn */
            list: string
          }
          /** @description last day or moment on which a false positive holds: 2027-01-31, 2027-01-31T10:00:00Z */
          expires?: string
          label?: components['schemas']['LabelInput']
          reason: string
          /** Format: uuid */
          screening: string
          /** @description version of the screening that was looked at */
          version: number
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Decision']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'decision.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Decision']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'decision.second': {
    parameters: {
      query?: never
      header: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          agrees: boolean
          reason: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Decision']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.exposure': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          /**
           * @description language of the explanation
           * @default en
           * @enum {string}
           */
          language?: 'en' | 'fr' | 'ko' | 'ja'
          /** @description name of a ledger of the configuration, or id of an imported one */
          ledger: string
          live?: components['schemas']['LiveInput']
          /**
           * @description with every tag object that you may read; the result then takes the labels of all of them
           * @default false
           */
          ownTags?: boolean
          parameters?: components['schemas']['ExposureParameters']
          /** @description files of tags (TagPack, ActorPack, labels, CSV) */
          tagFiles?: string[]
          wallet: string
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.file': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description screen with the versions that were in service then
           */
          at?: string
          columns?: components['schemas']['BatchColumns']
          /** Format: uuid */
          file?: string
          label?: components['schemas']['LabelInput']
          /**
           * @description language of the explanation
           * @default en
           * @enum {string}
           */
          language?: 'en' | 'fr' | 'ko' | 'ja'
          /** @description screen against these lists alone */
          lists?: string[]
          /** @description refuse to answer unless this is the matcher */
          matcher?: string
          setting?: {
            /** @description alert from this score on */
            alert?: number
            /** @description show at most so many hits */
            limit?: number
            /** @description show hits from this score on */
            list?: number
            /** @description let hits on weak aliases alert by themselves */
            weakAlerts?: boolean
          }
          /** Format: uuid */
          upload?: string
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.file-again': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description screen with the versions that were in service then
           */
          at?: string
          /** Format: uuid */
          file?: string
          label?: components['schemas']['LabelInput']
          /** @description screen against these lists alone */
          lists?: string[]
          /** @description refuse to answer unless this is the matcher */
          matcher?: string
          setting?: {
            /** @description alert from this score on */
            alert?: number
            /** @description show at most so many hits */
            limit?: number
            /** @description show hits from this score on */
            list?: number
            /** @description let hits on weak aliases alert by themselves */
            weakAlerts?: boolean
          }
          /** Format: uuid */
          upload?: string
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.name': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description screen with the versions that were in service then
           */
          at?: string
          /** @description date or year of birth: 1946-05-30, 1946, circa 1946 */
          birth?: string
          /** @description nationalities, flags, countries: ISO codes or names */
          countries?: string[]
          /** @description your number of the customer: decisions on him hold back what they found to be false */
          customer?: string
          family?: string
          given?: string
          /**
           * @description keep question and answer, to decide on and to ask again
           * @default false
           */
          keep?: boolean
          /** @enum {string} */
          kind?: 'person' | 'organisation' | 'vessel' | 'aircraft' | 'unknown'
          label?: components['schemas']['LabelInput']
          /**
           * @description language of the explanation
           * @default en
           * @enum {string}
           */
          language?: 'en' | 'fr' | 'ko' | 'ja'
          /** @description screen against these lists alone */
          lists?: string[]
          /** @description refuse to answer unless this is the matcher */
          matcher?: string
          /** @description as it is written, in any script; "Family, Given" tells the parts apart */
          name?: string
          /** @description further names of the same customer, in other scripts too */
          otherNames?: string[]
          /** @description documents and registration numbers */
          papers?: {
            country?: string
            /** @enum {string} */
            kind:
              | 'passport'
              | 'national-id'
              | 'tax-id'
              | 'registration'
              | 'imo-ship'
              | 'imo-company'
              | 'mmsi'
              | 'call-sign'
              | 'aircraft-tail'
              | 'aircraft-serial'
              | 'swift'
              | 'lei'
              | 'email'
              | 'phone'
              | 'website'
              | 'other'
            value: string
          }[]
          setting?: {
            /** @description alert from this score on */
            alert?: number
            /** @description show at most so many hits */
            limit?: number
            /** @description show hits from this score on */
            list?: number
            /** @description let hits on weak aliases alert by themselves */
            weakAlerts?: boolean
          }
          /** @enum {string} */
          sex?: 'female' | 'male'
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Screened']
        }
      }
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Screened']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screening.list': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Screening'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screening.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Screening']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screening.again': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
        /** @description the ETag of what was read, where the description asks for it: 428 without it then, 412 where somebody else was faster */
        'If-Match'?: components['parameters']['IfMatchSometimes']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description screen with the versions that were in service then
           */
          at?: string
          /** @default false */
          keep?: boolean
          /**
           * @description language of the explanation
           * @default en
           * @enum {string}
           */
          language?: 'en' | 'fr' | 'ko' | 'ja'
          /** @description screen against these lists alone */
          lists?: string[]
          /** @description refuse to answer unless this is the matcher */
          matcher?: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ScreenedAgain']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.suppressions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          customer: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Suppressions']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.vessel': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description screen with the versions that were in service then
           */
          at?: string
          callSign?: string
          /** @description your number of the customer: decisions on him hold back what they found to be false */
          customer?: string
          /** @description flag: ISO code or name */
          flag?: string
          /** @description IMO ship number */
          imo?: string
          /**
           * @description keep question and answer, to decide on and to ask again
           * @default false
           */
          keep?: boolean
          label?: components['schemas']['LabelInput']
          /**
           * @description language of the explanation
           * @default en
           * @enum {string}
           */
          language?: 'en' | 'fr' | 'ko' | 'ja'
          /** @description screen against these lists alone */
          lists?: string[]
          /** @description refuse to answer unless this is the matcher */
          matcher?: string
          mmsi?: string
          /** @description present or former name */
          name?: string
          setting?: {
            /** @description alert from this score on */
            alert?: number
            /** @description show at most so many hits */
            limit?: number
            /** @description show hits from this score on */
            list?: number
            /** @description let hits on weak aliases alert by themselves */
            weakAlerts?: boolean
          }
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Screened']
        }
      }
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Screened']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'screen.wallet': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description the address; payment URIs and CAIP-10 ids are taken too */
          address: string
          /** @description asset or chain, e.g. ETH, XBT, USDT; every chain that the address may belong to without it */
          asset?: string
          /**
           * Format: date-time
           * @description screen with the versions that were in service then
           */
          at?: string
          /** @description your number of the customer: decisions on him hold back what they found to be false */
          customer?: string
          /**
           * @description keep question and answer, to decide on and to ask again
           * @default false
           */
          keep?: boolean
          label?: components['schemas']['LabelInput']
          /**
           * @description language of the explanation
           * @default en
           * @enum {string}
           */
          language?: 'en' | 'fr' | 'ko' | 'ja'
          /** @description screen against these lists alone */
          lists?: string[]
          /** @description refuse to answer unless this is the matcher */
          matcher?: string
          setting?: {
            /** @description alert from this score on */
            alert?: number
            /** @description show at most so many hits */
            limit?: number
            /** @description show hits from this score on */
            list?: number
            /** @description let hits on weak aliases alert by themselves */
            weakAlerts?: boolean
          }
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Screened']
        }
      }
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Screened']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'sign-in.ways': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WaysIn']
        }
      }
    }
  }
  'sign-in.oidc': {
    parameters: {
      query?: never
      header?: never
      path: {
        provider: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description path of this node to go to afterwards */
          returnTo?: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            url: string
          }
        }
      }
      400: components['responses']['BadRequest']
      404: components['responses']['NotFound']
    }
  }
  'sign-in.passkey': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          credential: components['schemas']['PublicKeyCredential']
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOpened']
        }
      }
      400: components['responses']['BadRequest']
    }
  }
  'sign-in.passkey-options': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['PublicKeyCredentialOptions']
        }
      }
    }
  }
  'sign-in.password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description mail address or short name; upper and lower case are the same */
          login: string
          password: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOpened']
        }
      }
      400: components['responses']['BadRequest']
    }
  }
  'sign-out': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'source.list': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Sources']
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.list': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
        q?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['TagObject'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          tag: components['schemas']['TagInput']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TagObject']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TagObject']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['TagInput']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TagObject']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.check': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          files?: string[]
          label?: components['schemas']['LabelInput']
          uploads?: string[]
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.library': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['TagLibrary']
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.lookup': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description an address of the chain, in any letter case that it allows */
        address: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LookUp']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.export': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description YAML */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'tag.transaction': {
    parameters: {
      query?: never
      header?: never
      path: {
        hash: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            tags: components['schemas']['Tag'][]
            transaction: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.list': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
        q?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Trace'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.start': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['TraceInput']
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Trace']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.open-case': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          case: components['schemas']['CaseOpened']
          label?: components['schemas']['LabelInput']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['CaseRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.document': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description the bytes */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      /** @description the bytes */
      206: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.flows': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description the bytes */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      /** @description the bytes */
      206: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.graph': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description the bytes */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      /** @description the bytes */
      206: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.report': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description the bytes */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      /** @description the bytes */
      206: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': string
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.verify': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'trace.verify-document': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['VerifyDocumentInput']
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'upload.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['UploadInput']
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Upload']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'upload.read': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Upload']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'upload.end': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'upload.append': {
    parameters: {
      query?: never
      header: {
        'upload-complete'?: '?0' | '?1'
        'upload-offset': number
      }
      path: {
        id: string
      }
      cookie?: never
    }
    /** @description The bytes of the file from Upload-Offset on, as they are. */
    requestBody: {
      content: {
        'application/octet-stream': unknown
        'application/partial-upload': unknown
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Upload']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'watch.list': {
    parameters: {
      query?: {
        case?: string
        cursor?: string
        kind?: 'account' | 'entity' | 'trace' | 'list-entry' | 'name'
        limit?: number
        /** @description words that must all occur, such as an account */
        q?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Watch'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'watch.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          label?: components['schemas']['LabelInput']
          watch: components['schemas']['WatchGiven']
        }
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Watch']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'watch.read': {
    parameters: {
      query?: never
      header?: {
        /** @description an ETag: 304 without content where it is still that version */
        'If-None-Match'?: components['parameters']['IfNoneMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Watch']
        }
      }
      /** @description It is still the version of If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'watch.change': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['WatchGiven']
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Watch']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'watch.end': {
    parameters: {
      query?: never
      header: {
        /** @description the ETag of what was read: 428 without it, 412 where somebody else was faster */
        'If-Match': components['parameters']['IfMatch']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Watch']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      412: components['responses']['Changed']
      428: components['responses']['NoPrecondition']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'watch.check': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description name of a ledger of the configuration, or id of an imported one */
          ledger: string
          /** @description transfers before it do not count */
          since?: string | null
        }
      }
    }
    responses: {
      /** @description It was taken in. */
      202: {
        headers: {
          ETag: components['headers']['ETag']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Job']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.list': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['Webhook'][]
          }
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.create': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['WebhookGiven']
      }
    }
    responses: {
      /** @description It was made. */
      201: {
        headers: {
          Location: components['headers']['Location']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WebhookMade']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.read': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WebhookRead']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.remove': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Done. */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.dead': {
    parameters: {
      query?: {
        cursor?: string
        limit?: number
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': {
            items: components['schemas']['DeadLetter'][]
            /** @description cursor of the next page; none where this is the last */
            next?: string
          }
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.disable': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Webhook']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.enable': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Webhook']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.ping': {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WebhookOutcome']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.replay': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          messages?: string[] | null
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Replayed']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'webhook.rotate': {
    parameters: {
      query?: never
      header?: {
        /** @description a new random text for each new act, e.g. a UUID: sent again with the same key, it is done once */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey']
      }
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WebhookSecret']
        }
      }
      400: components['responses']['BadRequest']
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      409: components['responses']['Conflict']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'welcome.open': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          email?: string | null
          name?: string
          /** @description what stands behind the # of the link */
          token: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['SessionOpened']
        }
      }
      400: components['responses']['BadRequest']
    }
  }
  'welcome.look': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': {
          /** @description what stands behind the # of the link */
          token: string
        }
      }
    }
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['WelcomeLink']
        }
      }
      400: components['responses']['BadRequest']
    }
  }
  'node.health': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Health']
        }
      }
    }
  }
  'node.metrics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Prometheus text format 0.0.4 */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'text/plain': string
        }
      }
      401: components['responses']['NotSignedIn']
      403: components['responses']['Forbidden']
      429: components['responses']['TooManyRequests']
      default: components['responses']['Problem']
    }
  }
  'node.ready': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Readiness']
        }
      }
      /** @description Not available. */
      503: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Readiness']
        }
      }
    }
  }
}
