/**
 * Themes of words and phrases, for both languages at once, so that a new wording is recognised by similar ones in the labelled talks. `|`
 * between phrases; `*` after a word: its beginning. Normalised words; a day reads as `dayy`, an hour as `timee`, the errand's person as
 * `him`.
 */
const TABLE: Record<string, string> = {
  day: 'dayy|ese dia|that day|that date|esa fecha|same day|mismo dia',
  time: 'timee|esa hora|misma hora|same time|that time|that slot',
  him: 'him|he|she|her|him|them|they|ella|ellos|ustedes',
  yes: "si|sip|sipo|seh|yes|yeah|yep|yup|yessir|aye|yah|correcto|correctisimo|correct|exacto|exactamente|exactly|asi es|eso es|eso|eso mismo|claro|sure|surely|of course|absolutely|por supuesto|definitely|certainly|dale|vale|venga|de acuerdo|agreed|simon|andele|orale|efectivamente|tal cual|that's it|that's right|that's correct|that's the one|that is it|right as rain|spot on|bang on|'tis|tis|i will|i do|we do|it is|indeed|de una|sale|arre|ta|conforme|afirmativo|is right|go on|go ahead|why not|como no|of course|no inconveniente|go on then|please do|mhm|uh huh|mm hm|ea|ok ok|si si|cierto|eso si|hagale|hagamosle|obvio",
  no: 'no|nope|nah|nop|nay',
  not: "don't|doesn't|didn't|can't|couldn't|won't|wouldn't|isn't|aren't|wasn't|weren't|haven't|hasn't|hadn't|ain't|shouldn't|needn't|mustn't|divvent|dont|cant|wont|didnt|doesnt|isnt|cannot|not|never|nunca|jamas|tampoco|todavia no|aun no|not yet",
  nothing: 'nada|nothing|ningun*|none|nobody|no one|nadie|sin|without|ni|niente|neither|nor',
  good: 'ok|okay|okey|oki|bueno|bien|alright|all right|right|fine|good|grand|great|lovely|perfect|perfecto|perfecta|brilliant|super|listo|lista|listos|genial|barbaro|buenisimo|buenisima|excelente|fenomenal|estupendo|smashing|splendid|wonderful|awesome|cool|joya|regio|bacan|excellent|beautiful|divino|impecable|happy days|sound|mint|champion|buena|buenaso|macanudo|diez puntos|de lujo|de maravilla|fantastic*|terrific|sweet|love it|that works|works for|suits|me va de cine|va joya|fabuloso|magnifico|perfectly|no problem|no bother|no worries|no trouble|sin problema|no hay problema|ningun problema|no hay drama|no pasa nada',
  write:
    'anot*|apunt*|agend*|reserv*|registr*|escrib*|escrit*|asent*|inscri*|inscrib*|ingreso|ingrese|ingresad*|ingresamos|cargo|cargue|cargad*|cargue|carga|programo|programe|programad*|asigno|asigne|asignad*|separo|separe|separad*|separamos|aparto|aparte|apartad*|apartamos|bloqueo|bloquee|bloquead*|booked|booking|book|writ*|wrote|rote|typed|typing|type|scheduled|schedule him|entered|entering|logged|marked|marked down|chalked|saved|save|guardo|guarde|guardad*|guardamos|guardao|jotted|jot|inked|pen it|noted|note it|taking it down|got that down|all down|down for|down as|doon for|wrote down|consta|dado de alta|dada de alta|di de alta|doy de alta|matriculad*|citad*|cito|a note|a nota*|a punta*|inputted|registered|recorded it|keyed|al cuaderno|a la agenda|tomo nota|took it down|grabad*|asentad*|apunta*|anotao|apuntao|reservao|tomad*|cogid*',
  put: "pongo|puse|puesto|puesta|puestos|pusimos|ponemos|pondre|pone|poner|meto|meti|metida|metido|metidos|metemos|dejo|deje|dejamos|dejad*|coloco|coloque|put|putting|popped|pop|popping|stick|sticking|stuck|slot him|slotted|squeeze*|pencilled|fijo|fijad*|fije|marque|marco|marcad*|cuadr*|acomod*|enganch*|cuelo|cole|encaj*|fit|fitting|fitted|sneak|tucked|gave him|give him|given him|giving him|le doy|te doy|les doy|le dimos|le di|le hago|te hago|hago un hueco|hago hueco|hago lugar|sumo|sume|add|added|adding|assign*|drop him|dropped him|got him|have him|got her|have her|got you|got them|have them|have ye|got ye|i've him|i've her|i've them|lo tengo|la tengo|los tengo|las tengo|te tengo|tengo a|lo agarro|la agarro|lo tomo|la tomo",
  book: 'agenda|planilla|sistema|cuaderno|libro|libreta|pizarra|pizarron|calendario|hoja|computador*|compu|diary|book|calendar|schedule|sheet|system|board|ledger|planner|screen|whiteboard|planning|turnera|page|grid|blotter|wall|chart|roster|rota|planificador|registro|listado|grilla',
  set: "confirmo|confirmad*|confirme|confirmamos|confirmed|confirmao|set|sorted|done|settled|locked in|locked|fixed|hecho|hecha|hechos|firme|queda|quedan|quedo|quedas|quedamos|quedaron|quede|he's in|she's in|they're in|you're in|ye're in|he's on|she's on|is in|are in|he is in|she is in|suya|suyo|suyos|tuyo|tuya|his|hers|theirs|yours|all set|good to go|that's done|deal|trato|ya esta|esta ya|ya estuvo|listo el pollo|cerrad*|cerramos|cerre|finalized|all good|it's reserve|kept|keep it for|official|definit*|asegurad*|garantizad*|done deal|that's him|that's her|that's them|that's you|that's us|that's the|entonces ya|hecho pues|es suyo|es suya|es de ustedes|de ustedes|there you go|there now|he has it|she has it|she's got it|he's got it|they've got it|nobody can take",
  come: 'venga|vengan|vengas|ven|venite|vente|vengase|viene|vienen|viene*|come|comes|coming|llegue|lleguen|llega|llegan|arriv*|show up|turn up|pase|pasen|pasa|pasate|traelo|traela|traemelo|traigalo|bring him|bring her|bring it|caiga|cae|caete|caiganle|swing by|pop in|pop down|walk in|come on in',
  see: "nos vemos|esperamos|espero|esperarlo|esperarla|lo espero|la espero|los espero|te espero|le espero|see him|see her|see them|see you|see ya|see yous|see ye|see y'all|we'll see him|expect*|look forward|looking forward|te veo|la veo|lo veo|los veo|ahi los|ahi nos|aqui nos|alla nos|we'll be here|i'll be here|we'll be waiting|lo recibo|la recibo|le recibe|los recibimos|lo atiendo|la atiendo|hasta el|hasta entonces|till then|until then|see yis|see himself",
  bring:
    'trae|traer|traiga*|traigan|trayendo|bring|brings|bringing|lleve|lleven|llevar|wear|wears|vista|ropa|ayuno|ayunas|fast|fasting|early|antes|documento|documentos|dni|cedula|carnet|carne|passport|id|photo|clothes|shoes|zapatos|empty stomach|sober|acompañante|glasses|lentes|gafas|toalla|towel|copies|copias',
  deposit:
    'deposit*|seña|señas|senia|señar|señal|anticip*|adelanto|adelantado|adelantar|adelante|abono|abonar|abona|abone|abonan|consign*|transfer*|upfront|up front|prepa*|advance|payment|payments|pago|pagos|pagar|pague|paguen|paga|pagan|pagado|pagada|pagaron|pay|pays|paid|paying|nequi|bizum|zelle|venmo|mercado pago|comprobante|retainer|fianza|bono|bonos|yape|plin|webpay|pse|oxxo|soft hold fee|non refundable|voucher|gift certificate|reserva paga|con tarjeta|wire|debe|deben|owes|owed|balance|deuda|saldo',
  card: 'tarjeta|tarjetas|card|credit|debit|visa|mastercard|amex|cvv|numero de tarjeta',
  money:
    'precio|precios|cuesta|cuestan|cobro|cobra|cobran|cobramos|tarifa|euro|euros|pesos|dolares|dollar|dollars|bucks|pound|pounds|quid|lucas|soles|cost|costs|price|prices|priced|fee|fees|charge|charges|mil|cash|efectivo|gratis|free of|barato|caro|cheap|expensive|tenner|fiver|grand for|a head|por persona|sale',
  form: 'formulario|formularios|form|forms|paper|papers|papel|papeles|paperwork|questionnaire|cuestionario|ficha|firma|firme el|firmar|firmado|firmada|firmad*|sign|signed|signature|autorizacion|autoriz*|authoriz*|referral|referred|orden|ordenes|derivacion|certificad*|certificate|certs|receta|prescription|approv*|preapproval|aprobad*|volante|contract|contrato|documentacion|expediente|folio|clearance|consent',
  web: 'web|website|page|pagina|portal|app|aplicacion|online|en linea|internet|link|enlace|codigo|code|email|emails|mail|mails|correo|whatsapp|wasap|wpp|mensaje|mensajito|qr|url|site|click|clic|kiosk*|kiosco|instagram|facebook|ventanilla|presencial|in person|personalmente|en persona|self service|turnero|sede electronica|solo por|only through|only by|only on',
  list: "lista|waiting list|waitlist|wait list|list|lists|cancellation*|cancelacion|cancelaciones|cancela|cancelan|cancels|cancel|drops|drop out|drops out|fila|espera|standby|stand by|backup|suplente|suplentes|se baja|baja|falla|fallan|falta alguien|si alguien|opens up|gap|libera|libere|liberan|desocup*|next in line|ahead of him|adelante|por delante|queue|turn comes|si se da|comes free|comes up|frees up|no show|short notice|reserves|reserve list|detras de|behind|suelt*|arrepient*|se da|llega a faltar|doesn't show|falls free|if it goes|second in|top of the|los que quieren|last minute|ultima hora|anticipa|si alguno|por si",
  ask: "pregunt*|consult*|averigu*|fijo|fijarme|fijar|chequ*|check|checks|checked|checking|verific*|revis*|ask|asks|asked|asking|boss|jefe|jefa|patron|patrona|dueño|dueña|manager|owner|encargado|encargada|gerente|director|directora|decide|decides|decidir|decision|aprueb*|say so|permiso|run it by|run it past|word with|hablar con|hable con|talk to|visto bueno|she'll know|he'll know|up to him|up to her",
  says: "says|said|dice|dijo|dicen|dijeron|nodded|nods|gave me the|thumbs up|thumb|she doesn't mind|he doesn't mind|told me|me dice|me dijo|okayed|approved|ok'd",
  callback:
    "llamo|llama|llame|llamen|llamar|llamamos|llamaremos|llamare|llamame|llameme|llamenos|llaman|llamarla|llamarlo|marco|marcar|marcamos|marqueme|call|calls|called|calling|ring|rings|ringing|rang|phone back|phone him|phone her|phone you|phone us|text him|text her|text you|text us|get back|let you know|let him know|let her know|let them know|let me know|let us know|aviso|avisa|avise|avisen|avisamos|avisarle|avisame|aviseme|holler|shout|buzz|hear from|hear back|vuelvo a|vuelva a|vuelve a|devuelv*|contest*|respond*|reply|replies|answer|answers|le confirmo|te confirmo|les confirmo|le confirmamos|se lo confirmo|le escribo|te escribo|le mando|te mando|le mandamos|le digo|te digo|i'll confirm|we'll confirm|confirm it|confirms|to confirm|para confirmar|reconfirm*",
  maybe:
    "creo|calculo|supongo|me imagino|imagino|quiza|quizas|tal vez|capaz|a lo mejor|puede que|podria|podrian|podriamos|seguramente|probablemente|deberia*|en principio|posible*|depende|depend|depends|segun|think|guess|suppose|supposed|reckon|maybe|perhaps|probably|should|might|could|possibly|likely|hopefully|hope|imagine|presum*|i'd say|yo diria|diria|doubt|ojala|veremos|ya vemos|vemos|ya se vera|se vera|parece|not sure|no se|seguro|segura|certain|promise|promises|prometo|garantiz*|guarantee*|swear|ni idea|no idea|who knows|quien sabe|theory|teoria|ought|normally|normalmente|usually|suele|casi|almost|nearly|igual y|ha de|de repente|puede ser|podra|podran|estimo|intento|try|i'll try|intentar|intentamos|tratar|tratamos|si no se tuerce|fingers crossed|god willing|dios quiera|primero dios|if all goes|con suerte|with luck|cross fingers|no prometo|no le aseguro",
  pencil:
    'lapiz|amarill*|pencil*|tentativ*|provision*|provisori*|pendiente|pending|amarillo|yellow|hold|holding|held|reteng*|retengo|retenid*|asterisco|question mark|interrogacion|draft|borrador|sujeto|sujeta|subject|unconfirmed|por confirmar|sin confirmar|a confirmar|soft|grey|gray|placeholder|request|requests|solicitud|pedido|sin compromiso|preliminar|preliminary|temporal|for now|por ahora|de momento|por el momento|post it|sticky|dibuj*|first refusal|preferencia|lapicito|parked|stand in|optativo|opcion|option',
  if: 'if|unless|provided|as long as|siempre que|siempre y cuando|en caso|a menos|salvo|con tal|condicion|in case|otherwise|si no|if not|or else|whether|only if|solo si|subject to|conditional|contingent',
  until:
    'until|till|til|hasta que|hasta|once|when|cuando|apenas|en cuanto|as soon as|soon as|una vez|ni bien|recien|only then|after that|before i|mientras|meantime|while|primero|first|luego|later on|then i|then we|entonces si|ahi si',
  but: 'but|pero|though|although|aunque|however|only|except|sino|lo que pasa|thing is|problem is|solo que|nomas que|es que|eso si|mind you|salvo que',
  or: 'or|o|either|u|cual|cuales|whichever|which|entre|between|choose|chooses|pick|picks|elija|elige|elijan|elegir|escoja|escoge|escoger|decida|prefiere|prefiera|prefieren|prefer|prefers|both|los dos|las dos|ambos|options|opciones|choice|cualquiera|one or the other|make up his mind|make up her mind',
  wait: 'wait|hang on|hold on|hold up|oh no|oops|whoops|espera|espere|esperate|esperese|espereme|esperame|pera|para|momento|momentito|un segundo|segundito|uy|ay|ah no|oh|ooh|hmm|hm|ugh|shoot|dang|uh oh|actually|one sec|second|a minute|un minuto|tantito|aguanta|aguante|aguantame|aguarda|aguarde|bear with me|one moment|permitame|deme|dame un|dejame|dejeme|deja|lemme|let me|a ver',
  sorry:
    'sorry|afraid|unfortunately|lamento|lo siento|siento|lastima|pena|pity|shame|apolog*|lamentablemente|desgraciad*|regret|que macana|pucha|chuta|perdon|perdona|perdone|disculpa|disculpe|disculpame|perdoname|que pena|mala suerte|excuse',
  full: "full|fully|booked up|booked solid|booked out|packed|slammed|jammed|rammed|lleno|llena|llenos|completo|completa|completos|ocupado|ocupada|ocupados|taken|gone|agotad*|copad*|a tope|saturad*|sold out|no hay|no queda|no quedan|no tengo|no tenemos|nothing left|no availability|closed|cerrado|cerrada|cerramos|cierra|cierro|feriado|festivo|holiday|vacacion*|vacation|leave|off|away|out of|licencia|spoken for|imposible|no room|no space|no puedo|no podemos|can't do|won't be|nobody in|no va a|no atiende|no viene|not in|seated|repleto|jodido|complicado|ya no",
  delete:
    'borr*|elimin*|quito|quite|quitar|quitad*|quitamos|saco|saque|sacar|sacamos|sacad*|cancelo|cancele|cancelad*|cancelamos|cancelled|canceled|anul*|tacho|tache|tachar|tachamos|delet*|remov*|scratch*|cross it|cross him|cross her|crossed|rub it|rub him|rubbed|take it off|take him off|take her off|take them off|take it back|take it out|took it off|took him off|took her off|pull him|pulled him|undo|scrap*|forget|olvid*|sin efecto|void|unbook*|desanot*|desapunt*|ignore|kicked|bumped|fuera|scored off|strike|struck|liberar|libero|libere|off the list|no va mas|ya no va|no la cuente|no cuente',
  mistake:
    "equivo*|mistake|wrong|confund*|mire mal|vi mal|misread|looking at|error|me falle|mal|my fault|me fije|just seen|just saw|acabo de|ahora veo|i see now|didn't see|no habia|me dicen|me avisan|me acaban|me estan|tells me|telling me|turns out|resulta|double booked|flagged|flag|me confundi|lapsus|misspoke|olvidaba|habia olvidado|forgot|le explico|clash*|choca|conflict*",
  move: "move|moved|moving|moves|movi|mover|movemos|muevo|muev*|cambio|cambie|cambiar|cambia|cambiamos|cambiado|cambiada|change|changed|changes|switch*|corro|corri|correr|corremos|corre|push*|bump*|instead|en vez|en lugar|mejor|rather|later|earlier|mas tarde|mas temprano|despues|shift*|swap*|reschedul*|reprogram*|otro dia|another day|other day|pasarlo|pasarla|pospon*|postpon*|aplaz*|make it|let's make|corregi|corrijo",
  other:
    'otro|otra|otros|otras|other|others|another|else|different|distinto|distinta|alguien mas|someone else|somebody else|tocayo|tocaya|namesake|same name|mismo nombre',
  title: 'señora|señor|señorita|don|doña|dona|mr|mrs|ms|miss|madam|sir|profe|licenciado|licenciada|caballero',
  doctor:
    'doctor|doctora|dr|dra|doc|dentist|dentista|vet|veterinario|veterinaria|optometrist*|tecnico|technician|stylist|estilista|mechanic|mecanico|nurse|enfermer*|hygienist|therapist|solicitor|attorney|lawyer|abogad*|chef|maestro|kine|kinesiolog*|fisio',
  family:
    'hijo|hija|hijos|hijas|mama|papa|madre|padre|esposa|esposo|marido|mujer|hermano|hermana|abuelo|abuela|nene|nena|niño|niña|niños|niñas|son|daughter|wife|husband|mother|father|mum|mom|mam|dad|brother|sister|kid|kids|baby|bebe|uncle|aunt|tia|tio|primo|prima|cousin|suegra|suegro|nieto|nieta|grand*',
  service:
    'corte|limpieza|consulta|revision|control|clase|clases|curso|taller|lavado|masaje|tinte|vacuna|vacunas|cleaning|checkup|exam|haircut|trim|cut|class|lesson|massage|wash|service|repair|oil|tires|tyres|vaccin*|grooming|bath|baño|colour|color|filling|crown|consultation|tour|viewing|tasting|workshop|yoga|estudio|radiografia|scan|presupuesto|quote|estimate|delivery|pickup|entrega|retiro|valoracion|evaluacion|assessment|peluqueria|graduacion|asesoria|demostracion|charla|reunion|meeting|inspection|diagnostico',
  notdone:
    "no hacemos|no hago|no tratamos|no trabajamos|no ofrecemos|no manejamos|no se hace|no le hacemos|we don't|i don't do|i don't take|i don't see|i don't handle|i don't touch|he doesn't do|she doesn't do|he doesn't see|no longer|not anymore|anymore|used to|stopped|deje de|dejamos de|ya no hacemos|eso no|that's not|that isn't|not the|no es|no son|solo hacemos|we only|i only|somos|that one's not|en vez del|la otra sede|other branch|otra sucursal|not ours|we're a|tampoco hacemos|no me toca",
  name: 'nombre|nombres|apellido|apellidos|name|surname|a nombre|under|llama|se llama|spell|spelled|spelling|spelt|deletre*|como se escribe|letra|letras|tilde|hache|initials',
  phone: 'telefono|numero|number|celular|movil|cell|mobile|contact|contacto|digits',
  insure:
    'seguro medico|insurance|obra social|prepaga|isapre|fonasa|eps|mutua|mutualista|plan|coverage|particular|private|nhs|osde|pami|seguro de|policy|poliza|dental plan|cobertura',
  thanks:
    "gracias|thanks|thank|cheers|agrade*|de nada|you're welcome|welcome|igualmente|un placer|con gusto|a la orden|para servirle|no hay de que|por nada|a usted|a ti|ta love|much obliged|appreciate",
  bye: 'chau|chao|chaito|adios|bye|goodbye|hasta luego|hasta pronto|hasta la|cheerio|ciao|agur|take care|cuidese|buen dia|buenas tardes|have a|good day|feliz|saludos|que tenga|que este|que le vaya|good luck|suerte|besos|abrazo|tara|ta ra|safe home|god bless|bless|mind himself|mind yourself|later|luck',
  hello:
    "hola|alo|hello|hi|hey|diga|digame|mande|who's this|quien habla|quien es|quien llama|who is|que desea|en que le|how can i|how may i|speaking|le atiende|te atiende|le saluda|habla|buenas|buenos dias|good morning|good afternoon|what can i",
  machine:
    'press|marque|oprima|pulse|presione|tono|tone|beep|leave a message|deje su mensaje|deje un mensaje|deje su|buzon|mailbox|voicemail|grabacion|recorded|recording|menu|option|extension|interno|operator|operador*|ejecutivo|representative|your call|su llamada|position|gracias por llamar|thank you for calling|horario de|office hours|contestador*|unavailable|no se encuentra|no disponible|silencio|hang up|assistance|seleccione|select|sistema automatico|automated system|virtual|menu principal|para volver',
  unheard:
    "no escucho|no te escucho|no le escucho|no lo escucho|no se escucha|no se oye|no le oigo|no te oigo|no oigo|no entiendo|no le entiendo|no te entiendo|no entendi|no le entendi|can't hear|cannot hear|cant hear|breaking up|se corta|se corto|pardon|say again|come again|repeat|repita|repite|didn't catch|didn't get|huh|line's bad|bad line|hello hello|quien habla|como dice|como dijo|you there|sigue ahi|esta ahi|anyone there",
  joke: 'jaja*|jeje*|haha*|ha|je|ja|alfombra|red carpet|roja|champagne|champan|limousine|limusina|presidente|president|reina|queen|king|rey|princip*|prince*|crown|trono|caviar|unicorn*|moon|luna|banda|orquesta|band|flying|butler|fanfare|trumpet*|royal|majest*|parade|joking|joke|broma|kidding|funny|chistoso|gracioso|cuento|genius|genio|crack|fenomeno|campeon|whatever|yeah right|pull the other|seguro que si|mi abuela|tu abuela|skates|elvis|papa noel|santa claus|pope|el papa|beso al',
  robot:
    'humano|persona real|human|real person|machine|maquina|robot|robots|computer|computadora|bot|ia|grabado|scam|estafa|spam|prank|automatico|automated',
  unknown:
    "no sabria|don't know|dunno|wouldn't know|couldn't say|couldn't tell|no te sabria|no le sabria|not my|no soy|i'm only|i'm just|solo soy|nada mas estoy|new here|first day|temp|reemplazo|cubriendo|covering|filling in|cleaner|porter|guardia|security|del aseo|not allowed|no me dejan|i can't book|yo no|cashier|cajero|vigilante|waiting for a|delivery guy|repartidor|client myself|paso por aqui|nephew|sobrino",
  suits:
    "le sirve|te sirve|les sirve|le viene|te viene|le parece|te parece|le queda|te queda|le late|le acomoda|le tinca|te tinca|work for|works|suit|would that|how about|how's|que tal|could he|could she|could they|could you|can he|can she|can they|can you|puede|pueden|would|does he|does she|le cuadra|le vale|os va|te va|le va bien",
  have: "tengo|tenemos|hay|habria|tendria|me queda|me quedan|nos queda|i have|i've|we've|we have|there's|i got|i've got|we got|available|disponible|libre|libres|free|open|openings|espacio|lugar|cupo|cupos|room|spot|space|turno|turnos|cita|citas|hora|horas|appointment|hueco|slot|vacant|clear|empty|vacio|vacia",
  will: "i'll|we'll|he'll|she'll|they'll|you'll|it'll|voy a|vamos a|va a|van a|gonna|going to",
  late: 'late|tarde|demora|demore|retras*|minutos|minutes|puntual|on time|sharp|tarda|grace|tolerancia|running behind|delay',
  place:
    'direccion|address|calle|street|piso|floor|puerta|door|park*|estacion*|entrada|entrance|parqueadero|esquina|corner|timbre|bell|buzzer|ascensor|elevator|lift|stairs|escalera|escaleras|window|desk|rampa|ramp|back|side|upstairs|downstairs|road|avenue|metro|bus|patio|terraza|gate|porton',
  tell: "tell|tells|digale|dile|dilo|decile|decirle|digales|remind|recuerde|recuerdele|acuerd*|recuerd*|que no se|que se|que le|make sure|dont forget|don't forget|avisele|have him|have her|ask him to|que venga|que llegue|que traiga|que no",
  people:
    'personas|people|pax|guests|comensales|gente|party of|of us|chairs|sillas|mesa|table|tables|adultos|adults|cubiertos',
  so: "again|otra vez|de nuevo|repito|repeat|so that's|that's|then|entonces|asi que|o sea|pues|so|quedamos en|resumiendo|to recap|therefore",
  transfer:
    "le paso|te paso|paso con|put you through|comunico|here's|this is|soy|con mucho gusto|grab|get her|get him|le llamo a|ahi viene|lo atiende",
  dont: "don't turn|don't come|don't send|don't count|don't hold|don't quote|no venga|no vengan|no cuente|no mande|not to come|no lo mande|no le diga|don't tell",
  already:
    'already|ya lo|ya la|ya le|ya se|somebody|alguien|someone|took|tomaron|gave|dieron|ganaron|beat|grabbed|snapped|beaten|adelantaron|just went|se lo llev*|se la llev*',
  person: 'yo|i|we|nosotros|me|us|mismo|misma|myself|personally',
  person_is: "es|is|son|are|esta|estan|was|era|it's|he's|she's|they're",
  pass: "approved|aprobado|aprobada|validated|validad*|valid|all there|it's here|aca esta|aqui esta|ahi esta|aca entro|entro|there it is|i see it|lo veo|la veo aqui|received|recibido|llego|came through|went through|paso|got it here|todo normal|en regla|al dia|up to date|it counts|cumple",
};

interface Phrase {
  theme: string;
  words: readonly string[];
}

const STAR = '*';
const LONGEST_START = 9;

/** By the first word; phrases with a beginning, by that beginning. */
const WHOLE = new Map<string, Phrase[]>();
const BEGUN = new Map<string, Phrase[]>();
for (const [theme, phrases] of Object.entries(TABLE)) {
  for (const phrase of phrases.split('|')) {
    const words = phrase.split(' ');
    const first = words[0]!;
    const index = first.endsWith(STAR) ? BEGUN : WHOLE;
    const key = first.replace(STAR, '');
    const known = index.get(key);
    if (known) known.push({ theme, words });
    else index.set(key, [{ theme, words }]);
  }
}

/** The themes of words in order; a phrase counts at its first word. */
export function themesOf(words: readonly string[]): string[] {
  const found: string[] = [];
  for (const [at, word] of words.entries()) {
    for (const { theme, words: phrase } of WHOLE.get(word) ?? []) if (goesOn(words, at, phrase)) found.push(theme);
    for (let length = 2; length <= Math.min(word.length, LONGEST_START); length++) {
      for (const { theme, words: phrase } of BEGUN.get(word.slice(0, length)) ?? [])
        if (goesOn(words, at, phrase)) found.push(theme);
    }
  }
  return found;
}

function goesOn(words: readonly string[], at: number, phrase: readonly string[]): boolean {
  for (let i = 1; i < phrase.length; i++) {
    const word = words[at + i];
    const wanted = phrase[i]!;
    if (word === undefined) return false;
    if (wanted.endsWith(STAR) ? !word.startsWith(wanted.slice(0, -1)) : word !== wanted) return false;
  }
  return true;
}
