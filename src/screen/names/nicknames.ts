import { soundOf } from './sound.ts'

/** Given names that one person may carry in several languages, romanisations and short forms; one line a name. */
const CLASSES = `
aaron aron harun haroun haroon
abraham abram avraham ibrahim ebrahim ibraheem brahim abe
adam adem
adrian adrien hadrian
ahmad ahmed achmed akhmed akhmad achmad ahmet ahmadi
alan allan allen alain
albert albrecht alberto bert
aleksandr alexander alexandre alessandro alejandro aleksander aleksandar alexandr oleksandr aliaksandr iskander iskandar sander alec alex sasha sascha sandro alasdair alistair
aleksei alexei aleksey alexey alexej oleksii oleksiy alexis aliaksei alyosha
ali aly
alfred alfredo fred
amir emir ameer
anastasia anastasiya anastasija nastya
anatoly anatoli anatoliy anatolij anatole tolya
andrew andrei andrey andrej andre andreas andrzej andrii andriy andrea andres andy anders ondrej andras
angela angelika angelica
ann anne anna anya hanna hannah ana ania annie nancy
anthony antonio anton antoine antonin antoni tony toni
arkady arkadi arkadiy arkadii arcadius
arthur artur arturo art
artem artyom artemiy
aziz azeez
barack barak barry
bashar bachar
basil vasily vasili vasiliy vasyl vasil basile basilio wassily vasilii
benedict benedikt benito benoit bennett
benjamin ben benny bibi binyamin benyamin veniamin beniamin
bernard bernhard bernardo bernie
boris borys borja
bogdan bohdan
bruno brunon
carl karl carlos carlo charles charlie chuck karel karol carlito charly
catherine katherine kathryn katharina katarina catalina caterina ekaterina yekaterina kateryna katerina kate kathy katie cathy katya kitty jekaterina
christian kristian cristian christiaan krystian
christopher christoph cristobal kristofer krzysztof christophe chris kit khristofor
claude claudio claudius klaus
constantine konstantin konstantinos constantin kostya kostas kostiantyn
cyril kirill kyrylo kiril
daniel danil daniil danilo danylo daniele dan danny danial daniyal
david davit dawid davide dave davy dawud daoud dawood daud davud
denis dennis denys dionisio
dmitry dmitri dmitriy dmitrii dmytro dimitri dimitrios dimitar dima demetrius demetrio
dominic dominik dominique domingo
donald don
edmund edmond edmundo
edward eduard edouard eduardo edvard ed eddie ted teddy ned
elena yelena helen helena helene olena ellen alena lena jelena
elias ilya ilia illya elijah ilias ilyas elie
elizabeth elisabeth elisaveta yelizaveta isabel isabella liz beth betty lisa eliza elise elsbeth jelizaveta
emil emile emilio
emmanuel emanuel manuel manolo immanuel manny
eric erik erich erick
ernest ernst ernesto
eugene yevgeny evgeny yevgeni evgeni evgeniy yevgeniy yevgenii evgenij evgenii eugen eugenio yevhen ievgen jevgenij jevgeni zhenya evgeny
fatima fatimah fatma fatemeh
faisal faysal feisal faysel
fedor fyodor feodor theodor theodore teodor teodoro ted theo fiodor tudor
felix feliks
ferdinand fernando hernan hernando ferdinando
francis francois francisco francesco franz frank frans paco pancho franciszek frantisek ferenc frankie
frederick friedrich frederik fredrik federico frederic frederico fred fryderyk fritz freddy
gabriel gavriil gabriele
gennady gennadi gennadiy gennadii hennadii genadi
george georg georges georgy georgi georgiy giorgio giorgi jorge jorg jurgen yury yuri yuriy yurii iurii juri jurij iouri georgios heorhii goran jerzy gyorgy jiri jorgen
gerald gerard gerhard gerardo gerry jerry
gregory grigory grigori grigoriy gregor gregorio hryhorii greg grzegorz grigorii
gulnara gulnora
gustav gustavo gustaf
hamid hameed
hassan hasan hassen
henry heinrich henri enrique enrico henrik hendrik heinz hank harry hal henryk andrique
herbert heribert
hugo hugh hugues ugo
husayn hussein husain hussain hossein hosein husein huseyin houssein hussien hocine
ignatius ignacio ignatz ignacy ignat nacho
igor ihor
irina irene iryna arina
isaac isaak ishak ishaq izak
ishmael ismail ismael ismayil isma esmail
ivan john johann johannes jean juan giovanni joao jan ioan ian yohanan yahya ivo hans johnny jack jon ioannis jovan janos sean shaun evan jens gian vanya
jacob jakob jacques james diego jaime jacobo giacomo yakov iakov yakub yaqub yaqoub jim jimmy jake santiago iago jamie yakiv
jeffrey geoffrey jeff geoff godfrey gottfried
jennifer jenny jen
jeremy jeremiah jeremias yeremiya
jerome hieronymus jeronimo geronimo
isa issa essa
joachim joaquin joakim achim
joseph josef jose giuseppe joe iosif yosef yusuf yousef youssef yusef yousuf josip jozef jozsef pepe joey jusuf yosyp yusif
joshua yehoshua josue josh
julia yulia yuliya iulia juliya julie giulia yuliia
julian julien juliano yulian
julius julio jules giulio yuli
karim kareem
kenneth ken kenny
khalid khaled halid chalid
khalil halil khaleel
ksenia kseniya xenia oksana
larry lawrence laurence lorenzo laurent lars lorenz lavrenty laurentius
leo leon lev leonid leonidas lew leonel leonard leonardo
louis luis ludwig lewis luigi lou ludovic lodewijk luiz
lucas lukas luke luca luc lukasz luka
magomed muhammad mohammed mohamed muhammed mohammad mehmet mohamad mahomed mohd muhamad mahamed mohamud muhamed maxamed mokhammad magomet
mahmud mahmoud mahmood mehmood makhmud
margaret margarita marguerite margarete margherita peggy maggie meg rita greta
maria marie mary mariya marija mariam maryam miriam mariana marya mia molly
marina maryna
mark marc marco marcos markus marcus marek marko mario
martin marten martino martyn
matthew matthias mateo matteo mathieu matvei matvey mateusz mathias matti matt matias matej
maurice moritz mauricio maurizio morris
maxim maksim maksym maximilian max
michael mikhail michel miguel michele mihail mykhailo mykhaylo michal mike mick mihai misha mikael mikhael mihajlo michail mikhayil mihaly mickey
moses moshe moise moises musa moussa mousa moisei
mustafa mostafa moustafa mustapha mostapha
nadezhda nadia nadya nadiya nadja
natalia natalya natasha nathalie natalie nataliya natalija nataliia
nicholas nikolai nikolay nikolaus nicolas nicola nikola mykola nikolaos nick nicky klaus nikolaj nikita nicolai nicolae mikalai kolya miklos mikolaj niklas
nasir naser nasser
noor nur nour noor nuur
oleg oleh
olga olha
omar umar omer oumar umer
oscar oskar
osama usama ousama ussama
othman osman usman uthman ousmane
patrick patricio patrice padraig pat paddy patrik
paul pavel pablo paolo pawel pavlo pol paulo pal paulus pasha pavol
peter pyotr petr pierre pedro pietro petro piotr petar piet pete petrus petros peder per
philip philippe felipe filip filippo phil philipp filipp
qasim kasim kassem qassem qasem kasem qassim
rachel rahel rachelle
ralph ralf raoul raul raoul
rashid rasheed rachid
raymond raimund ramon raimondo ray
richard ricardo riccardo rick dick rich ryszard rikard
robert roberto rob bob bobby ruprecht rupert bert
roger rogelio ruggero rutger rudiger
roland orlando rolando
roman romain romano
ronald reinhold reynaldo reinaldo rinaldo ron ronnie
rostislav rostyslav
rudolf rudolph rodolfo rolf rudy
ruslan rouslan
said saeed sayid saed saeid
salah saleh salih
saul shaul
sebastian sebastien sebastiano
sergei sergey sergiy serhii serhiy sergio serge sergej serguei siarhei sergejs sergii seryozha
simon semyon semen shimon simeon simone semion szymon
sophia sofia sophie sofiya sonya
stanislav stanislaw stanislaus stas stanislao
stephen steven stefan stephan etienne stepan esteban stefano steve istvan stjepan stepane stefanos szczepan
suleiman sulayman suleyman soleiman solomon salomon sulaiman soliman
susan suzanne susanna susana suzan susie
sviatoslav svyatoslav
svetlana svitlana
taras tarass
tatiana tatyana tetiana tania tanya
terence terry terrence
thomas tomas tomasz tommaso foma tom tommy toma tamas
timothy timofei timofey timoteo tim
umm um om
valentin valentine valentino valentyn
valery valeri valeriy valerii valerij valerie valerio
veronica veronika
victor viktor vittorio wiktor vic
vincent vincenzo vicente wincenty vikentiy vince
vitaly vitali vitaliy vitalii vitalij vital
vladimir volodymyr wladimir uladzimir vladimiro wolodymyr volodimir vova wladimir vlad
vladislav vladyslav wladyslaw ladislav ladislaus laszlo uladzislau
vyacheslav viacheslav vjaceslav wenceslaus vaclav slava
walid waleed oualid
walter gualtiero walther wouter gualterio
wilhelm william guillermo guillaume guglielmo willem bill billy will liam vilhelm vilmos willy wim
wolfgang wolf
xavier javier saverio
yakub jakub
yaroslav iaroslav jaroslav jaroslaw
yasin yassin yaseen yassine
yasir yasser yaser jasir
zahra zohra zehra
zayd zaid zayed zaied
zinovy zinoviy
`

const BY_NAME = new Map<string, number[]>()
const BY_SOUND = new Map<string, number[]>()
CLASSES.trim()
  .split('\n')
  .forEach((line, number) => {
    for (const name of new Set(line.split(' '))) {
      put(BY_NAME, name, number)
      if (name.length >= 5) put(BY_SOUND, soundOf(name), number)
    }
  })

function put(map: Map<string, number[]>, key: string, number: number): void {
  const there = map.get(key)
  if (there === undefined) map.set(key, [number])
  else if (!there.includes(number)) there.push(number)
}

const NONE: readonly number[] = []

/** Numbers of the classes that a given name belongs to: Bill and Guillermo share one. Most names are in none. */
export function givenNameClasses(text: string, sound: string): readonly number[] {
  return BY_NAME.get(text) ?? (text.length >= 5 ? BY_SOUND.get(sound) : undefined) ?? NONE
}
