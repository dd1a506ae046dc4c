import { soundOf } from './sound.ts'

/**
 * Legal forms of companies, by class: forms of one class are the same thing in other countries' words (OOO = LLC = GmbH), so that a name may be listed with either. `company` says
 * no more than that it is one (Co, Corp, Inc) and agrees with all. Written as folded tokens with spaces between: single letters stand joined (`S.A. de C.V.` is `sa de cv`).
 */
export type LegalClass = 'limited' | 'stock' | 'company' | 'partnership' | 'nonprofit' | 'state'

const FORMS: Readonly<Record<LegalClass, string>> = {
  limited: `ltd, limited, llc, ltda, limitada, lda, company limited by guarantee, limited liability company, limited liability co, limited liability, private limited, pvt ltd, private ltd, pvt limited,
    pte ltd, pte limited, pte, pty ltd, pty limited, pty, proprietary limited, sdn bhd, sendirian berhad, co ltd, company ltd, co limited, company limited, corporation limited, gmbh,
    gesellschaft mit beschrankter haftung, gesellschaft mbh, mbh, ug haftungsbeschrankt, gmbh co kg, sarl, srl, s r l, societa a responsabilita limitata, societe a responsabilite limitee,
    societatea cu raspundere limitata, societate cu raspundere limitata, sociedad de responsabilidad limitada, sociedad limitada, sl, slu, s de rl, s de rl de cv, bv, bvba, besloten vennootschap, ooo,
    obshchestvo s ogranichennoi otvetstvennostyu, obshchestvo s ogranichennoy otvetstvennostyu, obschestvo s ogranichennoy otvetstvennostyu, obschestvo s ogranichennoi otvetstvennostyu, tov,
    tovarystvo z obmezhenoyu vidpovidalnistyu, tovarystvo z obmezhenoiu vidpovidalnistiu, too, tovarishchestvo s ogranichennoy otvetstvennostyu, kft, doo, d o o, spzoo, sp zoo, sp z oo,
    spolka z ograniczona odpowiedzialnoscia, sro, spol sro, ood, eood, oy, ab oy, aps, anpartsselskab, uab, sia, osauhing, ou, fze, fzco, fz llc, fz co, fzc, dmcc, dwc llc, limited sirketi, ltd sti, tic ltd sti,
    joint venture company ltd, joint venture co ltd, jv company ltd, jv co ltd, joint venture company limited, joint venture co limited, jv company limited, jv co limited,
    sabiedriba ar ierobezotu atbildibu, ticaret limited sirketi, yuhan hoesa, yuhanhoesa, yugen kaisha, yk, gk, godo kaisha, tnhh, cong ty tnhh, youxian gongsi, youxian zeren gongsi, sas, eurl, sasu, mchj, mmc, shpk, dooel, epe, ike, cv ltd`,
  stock: `ag, akg, aktiengesellschaft, sa, s a, sa de cv, sab de cv, sociedad anonima, sociedad anonima de capital variable, societe anonyme, societa per azioni, spa, saa, sae, sal, sak, saog, saoc, nv,
    naamloze vennootschap, plc, public limited company, public ltd co, jsc, cjsc, ojsc, pjsc, joint stock company, joint stock co, open joint stock company, closed joint stock company, public joint stock company,
    otkrytoe aktsionernoe obshchestvo, zakrytoe aktsionernoe obshchestvo, publichnoe aktsionernoe obshchestvo, nepublichnoe aktsionernoe obshchestvo, aktsionernoe obshchestvo,
    publichne aktsionerne tovarystvo, pryvatne aktsionerne tovarystvo, aktsionerne tovarystvo, oao, zao, pao, ao, nao, oyj, abp, asa, ab, aktiebolag, aktieselskab, aktsiaselts, as, anonim sirketi, anonim sti, zrt, nyrt, rt,
    akciova spolecnost, akcionarsko drustvo, ad, ead, dd, delnicka druzba, spolka akcyjna, se, societas europaea, kk, kabushiki kaisha, kabushikikaisha, kabushiki gaisha, chusik hoesa, chusikhoesa, jusikhoesa, bhd, berhad,
    tbk, pt, perseroan terbatas, psc, pjs, ao de cv, gufen youxian gongsi, ctcp, cong ty co phan, joynt stock company, joint stock`,
  company: `co, company, corp, corporation, inc, incorporated, incorporation, cie, compagnie, compania, cia, kaisha, gongsi, hoesa, hapyong hoesa, joint venture, joint venture company, joint venture co, joint venture corporation, joint venture corp, joint operation company,
    joint operation co, jv, jvc, jv company, jv co, jv corporation, jv corp, kompaniya, kompania, kompanija, sirketi, sti, na, firma, firm, enterprise, enterprises, est, establishment`,
  partnership: `lp, llp, lllp, limited partnership, limited liability partnership, kg, ohg, gbr, kommanditgesellschaft, scs, snc, cv, vof, kda, commanditaire vennootschap, general partnership, scsp, sca`,
  nonprofit: `ano, nko, ngo, npo, ev, eingetragener verein, asbl, avtonomnaya nekommercheskaya organizatsiya, autonomous non profit organization, autonomous nonprofit organization, nonprofit organization, stichting, waqf`,
  state: `fgup, gup, mup, federal state unitary enterprise, state unitary enterprise, state enterprise, soe, unitary enterprise, federalnoe gosudarstvennoe unitarnoe predpriyatie, gosudarstvennoe unitarnoe predpriyatie, fsue, fku, gku`,
}

/** Forms as short as names: legal forms only at the very beginning or end. */
const ONLY_AT_EDGES = new Set(
  'ag sa se ab as ao ad dd rt nv bv pt sl oy ou yk gk kk lp kg cv na ev co est firm firma sal spa sia too tov pao nao oao ano sas sca scs sae enterprise enterprises cie cia kaisha gongsi hoesa tbk'.split(
    ' ',
  ),
)

/** Forms that Chinese, Japanese and Korean companies write before or after their name without a space, longest first. */
const UNSPACED: readonly (readonly [string, string])[] = [
  ['股份有限公司', 'gufen youxian gongsi'],
  ['有限责任公司', 'youxian zeren gongsi'],
  ['有限責任公司', 'youxian zeren gongsi'],
  ['有限公司', 'youxian gongsi'],
  ['股份公司', 'gufen youxian gongsi'],
  ['株式会社', 'kabushiki kaisha'],
  ['株式會社', 'kabushiki kaisha'],
  ['有限会社', 'yugen kaisha'],
  ['有限會社', 'yugen kaisha'],
  ['合同会社', 'godo kaisha'],
  ['合名会社', 'gomei kaisha'],
  ['合資会社', 'goshi kaisha'],
  ['公司', 'gongsi'],
  ['会社', 'kaisha'],
  ['會社', 'kaisha'],
  ['주식회사', 'chusik hoesa'],
  ['유한책임회사', 'yuhan hoesa'],
  ['유한회사', 'yuhan hoesa'],
  ['합자회사', 'hoesa'],
  ['회사', 'hoesa'],
]

interface Node {
  readonly next: Map<string, Node>
  form: LegalClass | null
}

const ROOT: Node = { next: new Map(), form: null }
/** Forms of one long word by their sound, as people misspell them (Aktiengeselschaft). */
const LONG_WORDS = new Map<string, LegalClass>()
for (const [form, phrases] of Object.entries(FORMS) as [LegalClass, string][]) {
  for (const phrase of phrases.split(',')) {
    let node = ROOT
    for (const word of phrase.trim().split(/\s+/)) {
      let next = node.next.get(word)
      if (next === undefined) {
        next = { next: new Map(), form: null }
        node.next.set(word, next)
      }
      node = next
    }
    node.form ??= form
    const word = phrase.trim()
    if (word.length >= 9 && !word.includes(' ')) LONG_WORDS.set(soundOf(word), form)
  }
}

export interface LegalForm {
  readonly form: LegalClass
  /** How many words it takes. */
  readonly words: number
}

/** The longest legal form that begins at word `at` of a name's folded words; null where none does. */
export function legalFormAt(words: readonly string[], at: number): LegalForm | null {
  let node = ROOT
  let found: LegalForm | null = null
  for (let i = at; i < words.length; i++) {
    const next = node.next.get(words[i]!)
    if (next === undefined) break
    node = next
    if (node.form !== null) found = { form: node.form, words: i - at + 1 }
  }
  if (found === null && words[at]!.length >= 9) {
    const form = LONG_WORDS.get(soundOf(words[at]!))
    if (form !== undefined) return { form, words: 1 }
  }
  return found
}

/** Whether this one word is a legal form only where it begins or ends a name. */
export function isEdgeForm(word: string): boolean {
  return ONLY_AT_EDGES.has(word)
}

/** Splits a legal form off the beginning or end of a Han or Hangul run: `[before, form in Latin words, after]`; null where there is none; where nothing stands besides, both sides are empty. */
export function splitUnspacedForm(run: string): readonly [string, string, string] | null {
  for (const [form, words] of UNSPACED) {
    if (run.endsWith(form)) return [run.slice(0, -form.length), words, '']
    if (run.startsWith(form)) return ['', words, run.slice(form.length)]
  }
  return null
}

/** Whether two classes of legal form exclude each other: a stock company is no limited one; a mere `company` may be either. */
export function formsConflict(a: LegalClass, b: LegalClass): boolean {
  return a !== b && a !== 'company' && b !== 'company'
}
