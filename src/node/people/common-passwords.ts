/**
 * Words and strings that the commonest passwords of published breaches are made of (they lead every such list since 2012), the commonest given names in them, and what a node like this invites.
 * Lower case. Runs such as `12345`, `abcde` and `qwerty` are found by rule, see `password-rules.ts`.
 */
export const COMMON_PASSWORDS: readonly string[] = `
password passwort passw0rd p@ssw0rd p@ssword pass pwd secret secure security welcome letmein login signin logon admin administrator root toor
user guest test testing tester default changeme change temp temporary access master system server service oracle mysql postgres cisco
dragon monkey shadow sunshine princess football baseball basketball soccer hockey superman batman spiderman ironman pokemon naruto starwars
iloveyou loveyou lovely love lover trustno1 whatever freedom hello ninja mustang ranger harley yankees dallas cowboys lakers eagles steelers
liverpool arsenal chelsea barcelona juventus rangers celtic manchester united cheese cookie pepper ginger killer hunter hunter2 jordan
michael michelle jessica jennifer ashley nicole daniel thomas andrew joshua matthew charlie robert george william anthony richard jonathan
amanda samantha hannah heather patrick maggie buster tigger bailey summer winter spring autumn monday friday january february march april
june july august september october november december flower butterfly rainbow purple orange yellow silver golden diamond crystal angel
angels heaven jesus christ forever family mother father brother sister baby babygirl chocolate banana apple computer internet samsung google
facebook twitter linkedin instagram youtube microsoft windows iphone android nintendo playstation xbox matrix phoenix tiger lion eagle
wolf panther bear dolphin horse fish bird chicken turtle snake merlin gandalf corvette ferrari porsche mercedes honda toyota yamaha
bitcoin ethereum crypto blockchain wallet money dollar trader coinbase binance upbit bithumb satoshi nakamoto hodl lazarus
korea seoul busan tokyo japan osaka america washington london paris berlin russia moscow china beijing pyongyang
sakura arigato konnichiwa saranghae annyeong hangul daehan minguk fighting nihon
investigator investigation analyst police officer agent detective interpol sanction sanctions freeze cordon
asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qwerty qwertz azerty 1q2w3e 1q2w3e4r 1qaz2wsx zaq12wsx q1w2e3r4 abc123 a1b2c3 aa123456
000000 111111 121212 123123 123321 131313 159753 222222 232323 252525 444444 555555 654321 666666 696969 777777 888888 987654 999999 112233
`
  .trim()
  .split(/\s+/)
