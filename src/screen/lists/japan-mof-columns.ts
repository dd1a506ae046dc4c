import { folded } from './cells.ts'
import type { ColumnNames, Columns } from './table-columns.ts'
import { columnsOf } from './table-columns.ts'

/** Headers of the sheets of the Ministry of Finance (対象者一覧), which differ by programme and year; blanks within them (`日 本 語 表 記`) do not matter. */
export const MOF_COLUMNS: ColumnNames = {
  notice_date: ['告示日付', '告示日', '告示年月日'],
  notice_number: ['告示番号'],
  section: ['番号', '項番', 'No.', '通番', '連番', '区分番号'],
  japanese: ['日本語表記', '日本語名', '日本語名称', '名称（日本語）', '氏名（日本語表記）', '名称'],
  english: ['英語表記', '英字表記', '英語名', '英文表記', '英語名称', '名称（英語）', 'ローマ字表記'],
  alias: [
    '別名',
    '別称',
    '別称・別名',
    '別名・別称',
    '別称・旧称',
    '確定可能な別名',
    '別名・別称等',
    '別名等',
    '通称',
    '別名/別称',
    '略称',
  ],
  former: ['過去の別名', '以前の別名', '旧称', '旧称・以前の呼称', '旧名'],
  weak: ['確定に十分でない別名'],
  birth: ['生年月日', '生年月日・出生地', '生年月日等'],
  birth_place: ['出生地', '出生地・出身地', '出身地'],
  country: ['国籍', '国籍等', '国籍・市民権'],
  passport: ['旅券番号', '旅券番号等', '旅券'],
  national_id: ['身分登録番号', 'ID番号', '身分証番号', '身分証明書番号', '国民識別番号'],
  title: ['称号', '役職', '役職/称号', '称号・役職', '肩書', '肩書等', '役職等', '職業'],
  address: [
    '住所',
    '所在地',
    '住所・所在地',
    '住所/所在地',
    '住所等',
    '活動地域・住所',
    '所在地・住所 登録された事務所の住所',
    '所在地・住所',
    '活動地域',
  ],
  phone: ['電話番号', '電話'],
  fax: ['FAX', 'FAX番号', 'ファックス番号'],
  listed: ['リスト掲載日', '国連制裁委員会による指定日', '国連制裁員会による指定日', '指定日'],
  un_reference: ['国連参照番号'],
  basis: ['指定の根拠', '決議1483上の根拠', '指定理由'],
  information: ['その他の情報', '詳細', 'その他', '備考', 'その他情報'],
}

/** The columns of a row that is a header: it names the notice and the name in one language at least. Null for other rows. */
export function mofHeader(cells: readonly string[]): Columns | null {
  const columns = columnsOf(cells, MOF_COLUMNS)
  return (columns.has('notice_date') || columns.has('notice_number')) && (columns.has('japanese') || columns.has('english'))
    ? columns
    : null
}

/** Whether the text at the beginning of a file holds such a header, in whatever rows and quotes. */
export function holdsMofHeader(text: string): boolean {
  const plain = folded(text)
  return /告示(?:日付|番号|年月日)/.test(plain) && /日本語表記|日本語名|英語表記|英字表記|英語名|英文表記/.test(plain)
}
