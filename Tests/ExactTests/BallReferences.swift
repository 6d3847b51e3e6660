// Written by Tests/Reference/ball_references.py with mpmath; do not edit.

/// f(x) to 50 significant digits.
let ballReferences: [BallReference] = [
  BallReference(
    function: "exp", at: "0",
    value: "1.0"),
  BallReference(
    function: "exp", at: "1",
    value: "2.7182818284590452353602874713526624977572470937"),
  BallReference(
    function: "exp", at: "-1",
    value: "3.6787944117144232159552377016146086744581113103177e-1"),
  BallReference(
    function: "exp", at: "1/3",
    value: "1.3956124250860895286281253196025868375979065151994"),
  BallReference(
    function: "exp", at: "100",
    value: "2.6881171418161354484126255515800135873611118773742e+43"),
  BallReference(
    function: "exp", at: "-1000",
    value: "5.0759588975494567652918094795743369193055992828928e-435"),
  BallReference(
    function: "exp", at: "1e-30",
    value: "1.000000000000000000000000000001"),
  BallReference(
    function: "expMinusOne", at: "1e-30",
    value: "1.0000000000000000000000000000005e-30"),
  BallReference(
    function: "expMinusOne", at: "-2",
    value: "-8.6466471676338730810600050502751559659236845409042e-1"),
  BallReference(
    function: "expMinusOne", at: "5/7",
    value: "1.0427270702661420986735920970115348719253539793768"),
  BallReference(
    function: "log", at: "1",
    value: "0.0"),
  BallReference(
    function: "log", at: "2",
    value: "6.9314718055994530941723212145817656807550013436026e-1"),
  BallReference(
    function: "log", at: "1/3",
    value: "-1.0986122886681096913952452369225257046474905578227"),
  BallReference(
    function: "log", at: "1e-50",
    value: "-1.1512925464970228420089957273421821038005507443144e+2"),
  BallReference(
    function: "log", at: "1e100",
    value: "2.3025850929940456840179914546843642076011014886288e+2"),
  BallReference(
    function: "log", at: "1.0000000000000001",
    value: "9.9999999999999995000000000000000333333333333333308e-17"),
  BallReference(
    function: "logOnePlus", at: "1e-30",
    value: "9.999999999999999999999999999995e-31"),
  BallReference(
    function: "logOnePlus", at: "-1/2",
    value: "-6.9314718055994530941723212145817656807550013436026e-1"),
  BallReference(
    function: "logOnePlus", at: "10",
    value: "2.3978952727983705440619435779651292998217068539374"),
  BallReference(
    function: "sin", at: "0",
    value: "0.0"),
  BallReference(
    function: "sin", at: "1",
    value: "8.4147098480789650665250232163029899962256306079837e-1"),
  BallReference(
    function: "sin", at: "-10",
    value: "5.4402111088936981340474766185137728168364301291622e-1"),
  BallReference(
    function: "sin", at: "1e22",
    value: "-8.5220084976718880177270589375302936826176215041004e-1"),
  BallReference(
    function: "sin", at: "1e-20",
    value: "9.9999999999999999999999999999999999999998333333333e-21"),
  BallReference(
    function: "sin", at: "355/113",
    value: "-2.6676418906241914840637452887346888682210542662127e-7"),
  BallReference(
    function: "cos", at: "0",
    value: "1.0"),
  BallReference(
    function: "cos", at: "1",
    value: "5.4030230586813971740093660744297660373231042061792e-1"),
  BallReference(
    function: "cos", at: "-10",
    value: "-8.3907152907645245225886394782406483451993016513317e-1"),
  BallReference(
    function: "cos", at: "1e22",
    value: "5.2321478539513894549759447338470949214091997243939e-1"),
  BallReference(
    function: "cos", at: "11/7",
    value: "-6.3224459155327365451835077521455673031420291996351e-4"),
  BallReference(
    function: "tan", at: "1",
    value: "1.5574077246549022305069748074583601730872507723815"),
  BallReference(
    function: "tan", at: "-10",
    value: "-6.4836082745908667125912493300980867681687434298372e-1"),
  BallReference(
    function: "tan", at: "11/7",
    value: "-1.5816660411069837079729290816982181588307067207641e+3"),
  BallReference(
    function: "tan", at: "1e-20",
    value: "1.0000000000000000000000000000000000000000333333333e-20"),
  BallReference(
    function: "asin", at: "0",
    value: "0.0"),
  BallReference(
    function: "asin", at: "1",
    value: "1.5707963267948966192313216916397514420985846996876"),
  BallReference(
    function: "asin", at: "-1",
    value: "-1.5707963267948966192313216916397514420985846996876"),
  BallReference(
    function: "asin", at: "1/3",
    value: "3.3983690945412193709639251339176406638824469033246e-1"),
  BallReference(
    function: "asin", at: "0.999999",
    value: "1.5693821131146723674682498958670957936345586639191"),
  BallReference(
    function: "acos", at: "0",
    value: "1.5707963267948966192313216916397514420985846996876"),
  BallReference(
    function: "acos", at: "1",
    value: "0.0"),
  BallReference(
    function: "acos", at: "-1",
    value: "3.1415926535897932384626433832795028841971693993751"),
  BallReference(
    function: "acos", at: "1/3",
    value: "1.2309594173407746821349291782479873757103400093551"),
  BallReference(
    function: "acos", at: "0.999999",
    value: "1.4142136802242517630717957726556484640260357684262e-3"),
  BallReference(
    function: "atan", at: "0",
    value: "0.0"),
  BallReference(
    function: "atan", at: "1",
    value: "7.8539816339744830961566084581987572104929234984378e-1"),
  BallReference(
    function: "atan", at: "-1e10",
    value: "-1.5707963266948966192313216916400847754319180330209"),
  BallReference(
    function: "atan", at: "1/3",
    value: "3.2175055439664219340140461435866131902075529555766e-1"),
  BallReference(
    function: "sinh", at: "0",
    value: "0.0"),
  BallReference(
    function: "sinh", at: "1",
    value: "1.1752011936438014568823818505956008151557179813341"),
  BallReference(
    function: "sinh", at: "-20",
    value: "-2.4258259770489513795397660405149136535934930439451e+8"),
  BallReference(
    function: "sinh", at: "1e-20",
    value: "1.0000000000000000000000000000000000000000166666667e-20"),
  BallReference(
    function: "cosh", at: "0",
    value: "1.0"),
  BallReference(
    function: "cosh", at: "1",
    value: "1.5430806348152437784779056207570616826015291123659"),
  BallReference(
    function: "cosh", at: "-20",
    value: "2.4258259770489514001513022649004919332528968455033e+8"),
  BallReference(
    function: "tanh", at: "0",
    value: "0.0"),
  BallReference(
    function: "tanh", at: "1",
    value: "7.6159415595576488811945828260479359041276859725794e-1"),
  BallReference(
    function: "tanh", at: "-20",
    value: "-9.9999999999999999150329148941682204543855819119099e-1"),
  BallReference(
    function: "tanh", at: "1e-20",
    value: "9.9999999999999999999999999999999999999996666666667e-21"),
  BallReference(
    function: "asinh", at: "0",
    value: "0.0"),
  BallReference(
    function: "asinh", at: "1",
    value: "8.8137358701954302523260932497979230902816032826164e-1"),
  BallReference(
    function: "asinh", at: "-1e10",
    value: "-2.3718998110500402149599646668301818644086505645648e+1"),
  BallReference(
    function: "asinh", at: "1e-20",
    value: "9.9999999999999999999999999999999999999998333333333e-21"),
  BallReference(
    function: "acosh", at: "1",
    value: "0.0"),
  BallReference(
    function: "acosh", at: "2",
    value: "1.3169578969248167086250463473079684440269819714675"),
  BallReference(
    function: "acosh", at: "1e10",
    value: "2.3718998110500402149594646668301818644086505645648e+1"),
  BallReference(
    function: "acosh", at: "1.000001",
    value: "1.4142134445219913675401706721988974920161379788528e-3"),
  BallReference(
    function: "atanh", at: "0",
    value: "0.0"),
  BallReference(
    function: "atanh", at: "1/2",
    value: "5.4930614433405484569762261846126285232374527891137e-1"),
  BallReference(
    function: "atanh", at: "-0.999999",
    value: "-7.2543286192620472067417570836363444485064191158417"),
  BallReference(
    function: "atanh", at: "1e-20",
    value: "1.0000000000000000000000000000000000000000333333333e-20"),
  BallReference(
    function: "erf", at: "0",
    value: "0.0"),
  BallReference(
    function: "erf", at: "1",
    value: "8.427007929497148693412206350826092592960669979663e-1"),
  BallReference(
    function: "erf", at: "-2",
    value: "-9.9532226501895273416206925636725292861089179704006e-1"),
  BallReference(
    function: "erf", at: "10",
    value: "9.9999999999999999999999999999999999999999999791151e-1"),
  BallReference(
    function: "erf", at: "1e-20",
    value: "1.1283791670955125738961589031215451716880636460191e-20"),
  BallReference(
    function: "erf", at: "1/7",
    value: "1.6010712672873112663390999531500192488772182096086e-1"),
  BallReference(
    function: "erfInverse", at: "0",
    value: "0.0"),
  BallReference(
    function: "erfInverse", at: "1/2",
    value: "4.7693627620446987338141835364313055980896974905947e-1"),
  BallReference(
    function: "erfInverse", at: "-0.99",
    value: "-1.8213863677184496730402103186209952434812288836009"),
  BallReference(
    function: "erfInverse", at: "1e-10",
    value: "8.8622692545275801365140387833591913633432282450461e-11"),
  BallReference(
    function: "erfInverse", at: "0.999999999999",
    value: "5.042029745639059374234145053775482506697327757492"),
  BallReference(
    function: "normalCDF", at: "0",
    value: "5.0e-1"),
  BallReference(
    function: "normalCDF", at: "1",
    value: "8.413447460685429485852325456320379224779129667266e-1"),
  BallReference(
    function: "normalCDF", at: "-1.96",
    value: "2.4997895148220434136584269040837190022499779061883e-2"),
  BallReference(
    function: "normalCDF", at: "-20",
    value: "2.7536241186062336950756227808574653328074977347593e-89"),
  BallReference(
    function: "normalCDF", at: "8",
    value: "9.9999999999999937790394257282158764840048274118116e-1"),
  BallReference(
    function: "normalCDF", at: "1/3",
    value: "6.3055865981823636172720771793042641667174563004245e-1"),
  BallReference(
    function: "normalQuantile", at: "1/2",
    value: "0.0"),
  BallReference(
    function: "normalQuantile", at: "0.975",
    value: "1.9599639845400542355245944305205515279555500778695"),
  BallReference(
    function: "normalQuantile", at: "0.025",
    value: "-1.9599639845400542355245944305205515279555500778695"),
  BallReference(
    function: "normalQuantile", at: "1e-40",
    value: "-1.33109213714251708900295009567012249777463400146e+1"),
  BallReference(
    function: "normalQuantile", at: "0.6",
    value: "2.533471031357997987981961814242439387872107062854e-1"),
  BallReference(
    function: "normalQuantile", at: "0.249",
    value: "-6.7763996487799569977375693938317354701099129590694e-1"),
  BallReference(
    function: "normalQuantile", at: "0.999999999",
    value: "5.9978070150076868715623102049115374195951202210145"),
  BallReference(
    function: "sigmoid", at: "0",
    value: "5.0e-1"),
  BallReference(
    function: "sigmoid", at: "1",
    value: "7.3105857863000487925115924182183627436514464016506e-1"),
  BallReference(
    function: "sigmoid", at: "-50",
    value: "1.9287498479639177830169708089294104911565367534008e-22"),
  BallReference(
    function: "sigmoid", at: "50",
    value: "9.9999999999999999999980712501520360822169830291911e-1"),
  BallReference(
    function: "sigmoid", at: "1/3",
    value: "5.8257020646231467686639461396122955905284651044926e-1"),
  BallReference(
    function: "softplus", at: "0",
    value: "6.9314718055994530941723212145817656807550013436026e-1"),
  BallReference(
    function: "softplus", at: "1",
    value: "1.3132616875182228340489954949678556419152800856703"),
  BallReference(
    function: "softplus", at: "-50",
    value: "1.9287498479639177830171568127282115329546846903571e-22"),
  BallReference(
    function: "softplus", at: "50",
    value: "5.0000000000000000000000192874984796391778301715681e+1"),
  BallReference(
    function: "softplus", at: "-1/3",
    value: "5.4030557468940845415942815491547066788792861980486e-1"),
  BallReference(
    function: "squareRoot", at: "0",
    value: "0.0"),
  BallReference(
    function: "squareRoot", at: "2",
    value: "1.4142135623730950488016887242096980785696718753769"),
  BallReference(
    function: "squareRoot", at: "4",
    value: "2.0"),
  BallReference(
    function: "squareRoot", at: "1e-31",
    value: "3.1622776601683793319988935444327185337195551393252e-16"),
  BallReference(
    function: "cubeRoot", at: "0",
    value: "0.0"),
  BallReference(
    function: "cubeRoot", at: "2",
    value: "1.2599210498948731647672106072782283505702514647015"),
  BallReference(
    function: "cubeRoot", at: "-2",
    value: "-1.2599210498948731647672106072782283505702514647015"),
  BallReference(
    function: "cubeRoot", at: "-27",
    value: "-3.0"),
  BallReference(
    function: "cubeRoot", at: "1/3",
    value: "6.9336127435063470484335227478596179544593511345775e-1"),
  BallReference(
    function: "lambertPrincipal", at: "0",
    value: "0.0"),
  BallReference(
    function: "lambertPrincipal", at: "1",
    value: "5.6714329040978387299996866221035554975381578718651e-1"),
  BallReference(
    function: "lambertPrincipal", at: "-0.36",
    value: "-8.0608431597081777828552136162099200199745996834667e-1"),
  BallReference(
    function: "lambertPrincipal", at: "1e10",
    value: "2.0028685413304950781234306071814887297491649690238e+1"),
  BallReference(
    function: "lambertPrincipal", at: "-0.3678",
    value: "-9.7936071495782847747618444348864816860559492295474e-1"),
  BallReference(
    function: "lambertLower", at: "-0.1",
    value: "-3.5771520639572972184093919635119948804017962577931"),
  BallReference(
    function: "lambertLower", at: "-0.36",
    value: "-1.2227701339785059531429380734238623131735264411311"),
  BallReference(
    function: "lambertLower", at: "-1e-10",
    value: "-2.6295238819246925694110128821854918237727584864492e+1"),
  BallReference(
    function: "lambertLower", at: "-0.3678",
    value: "-1.0209272394094275537387508241094102645639548799609"),
  BallReference(
    function: "power(5)", at: "2",
    value: "3.2e+1"),
  BallReference(
    function: "power(5)", at: "-1/3",
    value: "-4.1152263374485596707818930041152263374485596707819e-3"),
  BallReference(
    function: "power(5)", at: "1.1",
    value: "1.61051"),
  BallReference(
    function: "power(-4)", at: "2",
    value: "6.25e-2"),
  BallReference(
    function: "power(-4)", at: "-1/3",
    value: "8.1e+1"),
  BallReference(
    function: "power(-4)", at: "1.1",
    value: "6.8301345536507069189263028481661088723447851922683e-1"),
  BallReference(
    function: "power(2/3)", at: "0",
    value: "0.0"),
  BallReference(
    function: "power(2/3)", at: "2",
    value: "1.5874010519681994747517056392723082603914933278999"),
  BallReference(
    function: "power(2/3)", at: "1/3",
    value: "4.8074985676913612744054610359336986279728975116645e-1"),
  BallReference(
    function: "power(2/3)", at: "8",
    value: "4.0"),
  BallReference(
    function: "power(-7/2)", at: "2",
    value: "8.8388347648318440550105545263106129910604492211059e-2"),
  BallReference(
    function: "power(-7/2)", at: "1/3",
    value: "4.676537180435968692524105122065855390745574185288e+1"),
  BallReference(
    function: "power(-7/2)", at: "4",
    value: "7.8125e-3"),
  BallReference(
    function: "root(5)", at: "-2",
    value: "-1.1486983549970350067986269467779275894438508890978"),
  BallReference(
    function: "root(5)", at: "32",
    value: "2.0"),
  BallReference(
    function: "root(5)", at: "1/3",
    value: "8.0274156176023068209516953806371810970011900619617e-1"),
  BallReference(
    function: "root(4)", at: "2",
    value: "1.1892071150027210667174999705604759152929720924638"),
  BallReference(
    function: "root(4)", at: "81",
    value: "3.0"),
  BallReference(
    function: "root(4)", at: "1/3",
    value: "7.5983568565159254733118775065454533539677344888731e-1"),
]
