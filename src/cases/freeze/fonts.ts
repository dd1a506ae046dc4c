import { createRequire } from 'node:module'
import { CordonError } from '../../chain/index.ts'
import type { FreezeFonts } from './pdf.ts'

/** Free fonts (SIL Open Font License 1.1) that are small enough to come along: PT Sans and PT Mono, BIZ UDPGothic for Japanese, Nanum Gothic for Korean. */
const FILES: FreezeFonts = {
  latin: 'pt-sans/400Regular/PTSans_400Regular.ttf',
  latinBold: 'pt-sans/700Bold/PTSans_700Bold.ttf',
  japanese: 'biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  japaneseBold: 'biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  korean: 'nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
  koreanBold: 'nanum-gothic/700Bold/NanumGothic_700Bold.ttf',
  mono: 'pt-mono/400Regular/PTMono_400Regular.ttf',
}

/**
 * The fonts that are installed with Cordon.
 *
 * @param from file or URL from which packages are looked for; this module's own by default
 * @throws CordonError `cases/freeze-fonts` that names the package that is missing
 */
export function installedFonts(from: string = import.meta.url): FreezeFonts {
  const { resolve } = createRequire(from)
  const path = (file: string): string => {
    const name = `@expo-google-fonts/${file.slice(0, file.indexOf('/'))}`
    try {
      return resolve(`@expo-google-fonts/${file}`)
    } catch (cause) {
      throw new CordonError('cases/freeze-fonts', `the font package ${name} is not installed`, {
        remedy: `Run npm install, or give font files of your own.`,
        cause,
      })
    }
  }
  return {
    latin: path(FILES.latin),
    latinBold: path(FILES.latinBold),
    japanese: path(FILES.japanese),
    japaneseBold: path(FILES.japaneseBold),
    korean: path(FILES.korean),
    koreanBold: path(FILES.koreanBold),
    mono: path(FILES.mono),
  }
}
