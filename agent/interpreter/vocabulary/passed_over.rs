//! English words and phrases that say nothing of what is asked: "please", "could you show me".
//! Read by `Vocabulary` as the last of the English table.

pub(super) const ENGLISH: &str = "=|please|pls|the|a|an|our|my|your|us|we|i|you|me|is|are|was|were|be|been|being|do|does|\
         did|done|doing|have|has|had|having|can|could|would|should|may|might|will|shall|show|show me|\
         give me|tell|tell me|get|get me|got|find|display|see|look|look at|want|need|like|id like|\
         i want to see|i want to know|i need|let me see|know|how many|how is|how was|how were|how are|\
         how did|how does|how do|how has|how have|how|what|what was|what were|there|here|with|to|data|\
         figures|figure|number of|numbers|number|the number of|total|totals|total of|count|count of|amount|\
         amount of|value of|values|sum|sum of|overall performance|performance|perform|performed|performing|\
         going|looking|come in|came|came in|come|did we|did we have|do we have|have we|have we had|we have|\
         we had|we make|did we make|make|made|making|bring|brought|brought in|generate|generated|report|\
         reports|reporting|update|quick|quickly|just show|exactly|exact|actual|actually|right|also show|so|\
         as|if|some|any chance|much|up|out|into|its|their|them|this one|about|regarding|view|question|\
         answer|result|results|dashboard|summary|summarize|summarise|overview|period|date|dates|during the|\
         business|company|dear|teh|hmm|um|uh|well|yeah|yes|sure|i would like|i would like to see|\
         i would like to know|can you|can you show|can you show me|could you|could you show me|could you tell me|\
         can you tell me|can i see|may i see|may i|let us see|lets see|check|pull|pull up|fetch|per se|\
         by the way|happened|happen|happening|went|go|gone|have been|has been|am|still|currently|by now|\
         whole|entire|full|complete|each of|and the|ones|one|list of|list me|people|things|thing|fare|\
         fared|stand|stands|standing|from the|in the|for the|of the|on the|at the|record|recorded|register|\
         registered|receive|received|there are|are there|is there|were there|was there|the value|the level|\
         level|levels|broken|grouped|group|sort|sorted|again|most recent|latest|recent|sorted by|give us|\
         tell us|show us|say|need to know|in terms of|terms|based on|according to|been doing|how well|\
         well did|come from|comes from|coming from|came from|used|using|use|placed|sold in|made by|made in|\
         done by|take|took|see the|put|run|ran|across the|metric for|kpi|kpis|stats|stat|statistics|info|\
         information|details|detail|dollars worth|worth|ever|in numbers|so far|which was|that is|that was|\
         that were|that are|the shop|our shop|the store|our store|the site|our site|the website|our website|\
         item|items|goods|how long|how long is|how long does|how big is|how high is|how high are|how low is|\
         together|combined|both|altogether they|current|gets|getting|come to|comes to|did come to|begin|\
         began|begun|started|start|starts|open|opened|opening|opens|enter|entered|arrive|arrived|left|\
         leave|leaves|handle|handled|handles|look after|looks after|responsible for|answered|answers|log|\
         worth of|often|how often|runs|drive|drove|own|owns|owned|manage|manages|managed|there been|\
         been there|work|works|worked|happens|occur|occurred|take on|takes|taken|completed in|\
         under their belt|paying us|gave|given|said|really|roughly|approximately|about how|so what|\
         just wondering|wondering|curious|quick question|hi there can you|hey can you|kindly|would you|\
         would you mind|let me know|id love to|id like to know|id like to see|looking for|can we|could we|\
         should be|must|of ours|of them|in all of|per head|whole of|throughout|across the board|bring in|\
         brings in|pull in|pulled in|take in|took in|come out|came out|turn out|turned out|end up|ended up|\
         added up to|adds up to|add up to|amounts to|amounted to|handed|issued|issue|issues|give|\
         would you be so kind as to|so kind as to|be so kind as to|kind enough to|be kind enough to|if possible|\
         when you have a minute|when you get a chance|for a meeting|real quick|asap|urgently|yet|already|\
         by then|this far|split|divide|pay|pays|paying|hold|holds|held|feature|at the moment|\
         when you have a moment|right at|ever since|use this|appear|appeared|appears|come to us|calendar|\
         didnt|dont|doesnt|isnt|arent|wasnt|werent|i would love to see|would like to see|like to see|\
         would like to know|love to see|i was wondering|was wondering|high|good|bad|away|grant|granted|\
         well off|emit|emitted|book value|in more detail|something about|something|anything about|bit about|\
         distribution|distribution of|the distribution of|\
         far|year olds|year old|years old|years of age|as it stands today|as things stand|as it stands|telling|tell me about|walk me through|walk us through|take me through|run me through|whenever you have a minute|whenever you have time|when you can|based|sit|sits|sitting|provide|please provide|kindly provide|any idea|these days|reach us|reached us|reaches us|got to us|get to us|size of|size of the|\
         hand out|handed out|up for|to me|could you let me have|let me have|let us have|someone|somebody|thanks very much|ta|folks|so far today|q|quick q|goes|goes to|go to|reach us|reaches us|place|\
         placing";
