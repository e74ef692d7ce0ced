//! English phrases by what they do. Read by `Vocabulary` when it is built; accents are folded away.

use super::Cue;
use crate::intent::{Feature, Statistic, Than, Wish};

pub(super) const ENGLISH: &[(Cue, &str)] = &[
    (
        Cue::By,
        "by|one row per|one row for each|one line per|broken down by|break down by|split by|grouped by|group by|for each|each|\
         for every|every|across|segmented by|sliced by|by each|break it down by|split it by|\
         split across|spread across|spread over|split over|split between|\
         spread between|distributed across|distributed over|broken out by|across all|\
         for all the different|within each|in each|in each of our|of each of our|for each of our|in each of the|of each of the|of each|each of the|each one of the|every one of the|\
         every single|each single|does each|did each|did every|\
         does every|break that down by|break this down by|broken up by|divided up by|differ between|differ by|differ across|vary by|vary between|vary across|\
         varies by|varies across|varies between|\
         sliced and diced by",
    ),
    (
        Cue::ByWhat,
        "break that down|break it down|break this down|split that up|split it up|breakdown|breakdown of|a breakdown of|break down|split of|drill down into",
    ),
    (
        Cue::In,
        "in|for|at|from|within|on|during|through|of|via|where|whose|where the|paid with|\
         paid by|paid via|made with|made via|placed via|coming through|through the|\
         because of|due to|owing to|on account of",
    ),
    (
        Cue::Only,
        "only|just|solely|exclusively|only in|only for|just for|just in|only from|filter by|\
         filter to|filtered by|filter on|limited to|restrict to|narrow to|narrow down to|\
         keep|keep only|keep the|keep those|keep just|narrow it to|narrow that to|\
         narrow this to|limit that to|limit it to|limit this to|limit to|restrict it to|\
         restrict that to|focus it on|reduce it to|cut it down to",
    ),
    (
        Cue::Not,
        "excl|not counting|without counting|without|remove|take out|excluding|except|except for|not|but not|other than|exclude|\
         leave out|not in|not from|not counting|apart from|outside|outside of|ex|all but|\
         everything but|everyone but|not including|minus|except in|with the exception of|\
         ignoring|leaving out|skip|skipping|everything except|all except|everybody except|\
         everyone except|anything but|anything except|any but|rather than|instead of",
    ),
    (
        Cue::LeftOut,
        "left out|excluded|aside|set aside|left aside|not included|not counted|taken out|\
         out of it|not counting them|excepted",
    ),
    (
        Cue::And,
        "and|next to|alongside|plus|&|+|as well as|together with|and in|and for|and also in|and the",
    ),
    (Cue::Or, "or"),
    (
        Cue::Versus,
        "vs|versus|against|compared to|compared with|compare to|compare with|\
         in comparison to|in comparison with|relative to|as compared to|compare it to|\
         compare it with|compare that to|compare that with|compared against|with respect to|stack up against|stacks up against|stacked up against|measure up against",
    ),
    (
        Cue::Compare,
        "compare|comparison|comparing|compared|difference between|comparison of|\
         comparison between|compare between|how does|separately|side by side|individually|apart|split into|\
         divided into|broken into",
    ),
    (
        Cue::Top,
        "top|best|highest|largest|biggest|leading|strongest|greatest|best performing|\
         top performing|ranking|rank|ranked|ranking of|highest performing|most common|\
         most frequent|most popular|most used|commonest|best selling|most valuable|\
         most important|most successful|busiest|hottest|heaviest|best rated|top rated|highest rated|\
         fastest|quickest|costliest|priciest|fullest",
    ),
    (
        Cue::Bottom,
        "bottom|worst|lowest|smallest|weakest|worst performing|poorest|lowest performing|\
         least common|least popular|slowest|poorest performing|rarest|least frequent|\
         quietest|calmest|cheapest|worst rated|lowest rated|emptiest",
    ),
    (
        Cue::Most,
        "caused the most|causes the most|cause the most|most|the most|with most|with the most|with the highest|with the largest|has the longest|have the longest|had the longest|\
         with the longest|\
         had the most|has the most|have the most|had the highest|has the highest|\
         had the best|has the best|made the most|brought the most|generated the most|\
         generates the most|brings the most|by most|more|with the best",
    ),
    (
        Cue::Least,
        "least|fewest|with the least|with the fewest|with the lowest|had the least|\
         had the fewest|had the lowest|has the least|has the fewest|has the lowest|fewer|has the shortest|have the shortest|\
         had the shortest|with the shortest|\
         the least|the fewest|with least",
    ),
    (
        Cue::Which,
        "which|who|what were the|what are the|what was the|which of|which of the|whose is|\
         any|did any|does any|do any|has any|have any|had any|is any|was any|are any",
    ),
    (Cue::WhatIs, "what is|what is a|what is an|what are|whats"),
    (
        Cue::Define,
        "define|definition|definition of|meaning of|the meaning of|mean|mean by|calculated|\
         computed|defined|calculation|formula|formula for|formula of|what does|\
         how do you calculate|how do we calculate|how do you compute|how is|\
         what do you mean by|describe|how do you define|how do we define|how are|\
         what counts as|what counts as a|what counts as an|what does it mean|\
         what is meant by|how is it calculated|how is it defined|what is included in|\
         what goes into|whats included in|means|how do you work out|how do you measure|\
         how do we measure|how is it computed|how do you count|how do we count|\
         what do you call|what do we call|what counts in|what counts|what counts towards|explain|explain to me|\
         what exactly is|what exactly are|what is in|what is the meaning of",
    ),
    (
        Cue::Trend,
        "trend|trends|moved|move|moves|trending|over time|evolution|evolve|evolved|time series|timeline|\
         history|historical|progression|development of|trend of|trend for|trend in|\
         the trend of|evolution of|series|history of|through time|develop|developed|\
         developing|over the course of|month by month trend|trajectory|evolving|progress|\
         progressed",
    ),
    (
        Cue::Growth,
        "growth|growth of|growth in|change in|changed|change|grow|grown|grew|growing|\
         increase|increase in|decrease|decline|drop|dropped|rise|variation|improved|improve|\
         compared|fall|fell|fallen|falling|rose|risen|rising|go up|went up|gone up|go down|\
         went down|gone down|climb|climbed|shrink|shrank|shrunk|slow down|slowed down|jump|\
         jumped|dip|dipped|increased|decreased|declined|declining|dropping|\
         year over year growth|how much more|how much less|grow by|gain",
    ),
    (
        Cue::Show(Wish::Chart),
        "chart|graph|plot|as a chart|as a graph|as chart|in a chart|visualize|visualise|\
         chart of|graph of|plot of|draw|in a graph|a chart of|a graph of|as a plot",
    ),
    (
        Cue::Show(Wish::Table),
        "table|as a table|as table|in a table|table of|as a list|list|a table of|\
         in table form|tabular",
    ),
    (
        Cue::Show(Wish::Bar),
        "bar chart|as a bar chart|bars|bar graph|column chart|as bars|bar|as columns|\
         pie chart|as a pie chart|pie|as a pie|donut|donut chart|doughnut|histogram|\
         as a histogram",
    ),
    (
        Cue::Show(Wish::Line),
        "line chart|as a line chart|line graph|lines|as a line|line",
    ),
    (
        Cue::Show(Wish::Stacked),
        "stacked|stacked bar|stacked bars|stacked bar chart|as stacked bars|\
         as a stacked bar chart",
    ),
    (Cue::All, "all|all the|all of the|in all|for all|across all"),
    (
        Cue::Also,
        "also|too|as well|add|and also|in addition|additionally|include|including|also by|\
         also in|and also by|further|still further|additionally by",
    ),
    (
        Cue::Again,
        "what about|how about|and what about|and how about|now|instead|and now|same for|\
         the same for|same|the same|same thing|same but|make it|make that|switch to|\
         change to|change it to|rather|but|but for|but in|and for just|then|ok|okay|and|\
         do it|do that|show it|show that|show this|it|that|those|drill into|drill down by|\
         drill down|drill down into",
    ),
    (
        Cue::NoFilter,
        "remove the filter|remove filter|remove filters|remove the filters|no filter|\
         no filters|without the filter|without filter|without filters|clear filters|\
         clear the filter|clear filter|unfiltered|drop the filter|everywhere|worldwide|\
         for everyone|for everything",
    ),
    (
        Cue::NoBreakdown,
        "no breakdown|the total|just total|without the breakdown|without breakdown|\
         remove the breakdown|remove breakdown|just the total|only the total|in total|\
         overall|total only|ungrouped|as a total|all together|altogether|drop the breakdown|\
         drop the grouping|drop the split|remove the grouping|no grouping|not broken down|\
         without grouping|dont break it down|do not break it down|without the split|\
         as one number|as a single number",
    ),
    (
        Cue::Reset,
        "reset|forget everything|forget everything so far|start over|start again|clear|clear everything|new question|forget it|\
         forget that|never mind|nevermind|forget all that|forget all of that|lets start over|lets start again|\
         lets start afresh|forget all that start again|scratch all that|start afresh|lets begin again|begin again|forget all that lets begin again|\
         start from scratch|lets start from scratch",
    ),
    (
        Cue::Catalogue,
        "list your metrics|list metrics|list all metrics|list the metrics|list all your metrics|show me all metrics|show all metrics|show me all your metrics|show me your metrics|show me a list of everything you measure|a list of everything you measure|everything you measure|\
         show me everything you can measure|everything you can measure|\
         what can you measure|which metrics can i ask for|which metrics can i ask about|\
         what metrics can i ask for|list all the numbers you know|all the numbers you know|\
         show me all metrics|show me all the metrics|list every metric|which numbers can i ask for|what do you measure|what can i ask|what can i ask you|what can i ask about|what metrics|which metrics|\
         list metrics|list all metrics|show metrics|show me the metrics|show all metrics|\
         list the metrics|available metrics|what data do you have|what do you know|\
         which metrics are there|which metrics do you have|what metrics do you have|\
         what metrics are there|what metrics are available|what questions can i ask|metrics|\
         metric|what can you answer|list of metrics|catalog|catalogue|what can you tell me|\
         what else can i ask|what numbers do you have|dimensions|what dimensions are there|\
         which dimensions are there|which numbers do you know|\
         which numbers do you know about|what numbers do you know|\
         which metrics are available|what can you show me|what can you report on|\
         what do you have|what kind of questions can i ask|what can i query|\
         what is available|what data is available|which data do you have|what can i ask here|\
         what can you tell me about|which measures are there|what kpis do you have|\
         which kpis do you have|what should i ask|list of kpis",
    ),
    (
        Cue::Help,
        "help|help me|what can you do|how do you work|how does this work|how do i use you|\
         who are you|what are you|commands|examples|example|are you a bot|are you human|\
         are you a person|who am i talking to|what is this|what are you for|how can you help|\
         how can you help me|what is almanac|are you a robot|are you an ai|who made you|\
         how to use this|how do i ask|how do i use this|how do i use it|how does one use this",
    ),
    (
        Cue::Hello,
        "hi|hello|hey|good morning|good afternoon|good evening|hi there|hello there|yo|hiya|\
         hi all|hi team|hello team|hey team|hi everyone|hello everyone|\
         good morning team|hello all|hey all|hi folks|hey folks|morning all|morning team|morning|how are you|how are you doing",
    ),
    (
        Cue::Thanks,
        "thanks|thank you|thx|ty|cheers|great|perfect|awesome|cool|nice|bye|goodbye|good bye|\
         thank you very much|thanks a lot|well done|good job|got it|see you|many thanks|\
         thanks so much|much appreciated|appreciate it|thank you so much|have a good day|\
         have a nice day|ok thanks|ok thank you|great thanks|perfect thanks|thanks a million|ta thank you|ta thanks|ta very much|\
         thats kind|very kind|very kind of you|you are very kind|thanks that helps",
    ),
    (
        Cue::Feature(Feature::Why),
        "why|why did|why is|why was|reason for|reasons for|cause of|what caused|what drove|\
         what drives|root cause|explain why|due to what|what happened to|what happened|\
         what explains|what is behind|whats behind|what is driving|whats driving|\
         what is causing|whats causing|what made|how come|what led to|what is the reason for|\
         what is the cause of|explain the drop in|explain the increase in|\
         explain the rise in|explain the fall in|what pushed|what was behind",
    ),
    (
        Cue::Feature(Feature::Forecast),
        "forecast|predict|prediction|projection|project|projected|projections|expected|\
         will be|going to be|estimate|estimated|outlook|forecasts|what will|how much will|\
         how many will|how will|where will|will we|will the|going to|are we going to|\
         how much are we going to|what is going to",
    ),
    (
        Cue::Feature(Feature::Anomalies),
        "anomaly|anomalies|outlier|outliers|unusual|strange|weird|abnormal|spike|spikes|\
         anything unusual|anything weird|anything strange|anything odd",
    ),
    (
        Cue::Feature(Feature::Subscribe),
        "subscribe|follow|digest|send me|every morning|unsubscribe|schedule|email me|\
         remind me|keep me posted|daily digest|weekly digest|what do i follow|unfollow|\
         subscribe me|subscribe me to|every day at|every monday|each morning|every week at|\
         keep me updated|keep me informed|keep an eye on|unsubscribe me|pause my digest|\
         stop sending me|what am i following|pause my|every morning at|each day at|\
         every week on|send it every|send this every",
    ),
    (
        Cue::Feature(Feature::Alert),
        "alert|alert me|alert me if|alert me when|notify|notify me|warn me|tell me when|\
         tell me if|let me know if|let me know when|alerts|monitor|watch|ping me|\
         ping me when|ping me if|give me a heads up|shout if|tell me as soon as|alarm|\
         let us know if|let us know when|message me if|message me when",
    ),
    (
        Cue::Feature(Feature::Cohort),
        "cohort|cohorts|cohort analysis|retention curve|funnel",
    ),
    (
        Cue::Feature(Feature::Cumulative),
        "cumulative|cumulatively|running total|accumulated|cumulated",
    ),
    (
        Cue::Feature(Feature::Export),
        "export|download|csv|xlsx|excel|as csv|to csv|as excel|as xlsx|spreadsheet|pdf|\
         export it|export this|export that",
    ),
    (
        Cue::Per,
        "per|divided by|over the number of|divided by the number of|for each of the",
    ),
    (
        Cue::Share,
        "share|share of|what part of|share of total|share of the total|percentage of|percent of|\
         proportion|proportion of|fraction of|what percentage|what percent|%|percentage|\
         percent|contribution|contribution of|mix|what share|what share of|\
         as a percentage of|% of total|% of|as a share of|as a percentage|split in percent|\
         how much of|which percentage|percentage share|relative share|makes up|make up|\
         account for|accounts for|accounted for|percentages|as percentages|in percent|\
         in percentages|in percent of the total|in percentage terms|shares of the total|as shares of the total|share of the total|shares of total|in percentage|\
         percent of the total|percentage of the total|percentage of total|as percent|\
         as a percent|as shares|in shares|in %|as %|relative to the total|\
         as a share of the total|as a share of total|as share of the total|\
         as a proportion of the total|as a proportion|shares|the shares|\
         as percentages of the total|percentages of the total|as a percentage of the total|as a percent of the total|\
         as a percentage of total|as a fraction of the total|in shares of the total",
    ),
    (
        Cue::Than(Than::Over),
        ">|more than|with more than|with over|having more than|that have more than|\
         who have more than|with above|greater than|exceed|exceeds|exceeded|exceeding|\
         higher than|bigger than|larger than|above|over|north of|surpass|surpasses|surpassed|\
         beyond|longer than|older than|better than|who has more than|that has more than|\
         who had more than|that had more than|in excess of",
    ),
    (
        Cue::Than(Than::AtLeast),
        "≥|at least|with at least|no less than|not less than|minimum of|or more|and up|\
         or above|or over|not under|who have at least|who had at least|that have at least|\
         that had at least|no fewer than|no lower than|not fewer than|not lower than|\
         no under|or higher|or greater|or better|or longer|or older|or up|with no fewer than|\
         with no less than",
    ),
    (
        Cue::Than(Than::Under),
        "<|less than|with less than|with fewer than|with under|with below|fewer than|\
         lower than|smaller than|below|under|south of|shorter than|younger than|worse than|\
         cheaper than",
    ),
    (
        Cue::Than(Than::AtMost),
        "≤|at most|with at most|no more than|not more than|maximum of|up to|or less|or fewer|\
         or below|or under|not over|no higher than|no greater than|not higher than|or lower|\
         or shorter|or worse|or younger|no longer than|with no more than",
    ),
    (Cue::Than(Than::Exactly), "equal to|equals|exactly equal to"),
    (Cue::Between, "between|from between|in between|ranging from"),
    (
        Cue::RatioOf,
        "ratio of|the ratio of|ratio between|the ratio between",
    ),
    (
        Cue::Passed(Than::Over),
        "did we pass|have we passed|did we exceed|did we surpass|did we cross|\
         have we crossed|pass|passed|cross|crossed|did it pass|did it exceed|did we break|\
         have we broken|is higher than|is more than|is above|was higher than|was more than|\
         was above|is bigger than|is greater than|was greater than|does exceed|did exceed|\
         beat|beats|topped|outdo|go over|went over|gone over|go above|went above|get past|\
         got past|make it past",
    ),
    (
        Cue::Passed(Than::Under),
        "did we stay under|did we stay below|did we keep under|did we keep below|stay under|\
         stay below|stayed under|stayed below|remain under|remain below|remained under|\
         remained below|keep below|kept below|keep under|kept under",
    ),
    (
        Cue::Passed(Than::AtLeast),
        "did we reach|did we hit|have we reached|have we hit|did we make it to|reach|reached|\
         hit|milestone|did it reach|did we get to",
    ),
    (
        Cue::Statistic(Statistic::Average),
        "average|avg|mean of|mean value|average of|on average|last on average|lasts on average|lasted on average|take on average|\
         takes on average|took on average|average number of|averaged|\
         mean number of|the mean number of|mean count of|the average number of|\
         the average of",
    ),
    (
        Cue::Statistic(Statistic::Median),
        "median|median of|typical",
    ),
    (Cue::Statistic(Statistic::Maximum), "maximum|max|maximal"),
    (Cue::Statistic(Statistic::Minimum), "minimum|min|minimal"),
    (
        Cue::Statistic(Statistic::Count),
        "how many different|how many distinct|how many unique|number of different|\
         number of distinct|number of unique|distinct|different|unique|distinct number of",
    ),
    (
        Cue::HowMany,
        "how many|how many of|many|number of|the number of|count of|count|the count of",
    ),
    (
        Cue::Feature(Feature::Statistic),
        "standard deviation|variance|percentile|sum of squares|moving average|\
         rolling average|stdev|std dev|mode of|interquartile",
    ),
    (
        Cue::Feature(Feature::Goal),
        "goal|goals|okr|okrs|target|targets|on track|objective|objectives|key results|\
         are we on track",
    ),
    (
        Cue::Together,
        "correlation|correlate|correlated|correlates|related to|relationship between|\
         correlation between|depends on|depend on|affect|affects|influence|impact of|\
         impact on|effect of|correlates with|correlated with|follow the same trend as|\
         move with|moves with|move together with|move together|go together with|track with|\
         tracks with|does follow",
    ),
    (
        Cue::When,
        "when|at what time|on what date|on which date|at which point|what date|since when",
    ),
    (
        Cue::Peak,
        "peak|peaked|peaks|record|all time high|record high|high point|highest point|\
         highest ever|best ever|maxed out|top out|topped out",
    ),
    (
        Cue::Trough,
        "all time low|record low|low point|lowest point|bottomed out|bottom out|lowest ever|\
         worst ever|hit bottom",
    ),
    (
        Cue::Back,
        "undo|go back|back|back one step|one step back|back a step|revert|previous question|previous answer|go back one|\
         back to the previous one|back to before|undo that|step back|take me back|\
         back to the one before|back to the previous|go back to the previous one|\
         back to that|return to the previous one|to the one before",
    ),
    (
        Cue::Explain,
        "explain that|explain this|explain it|how was that computed|how was this computed|\
         how did you get that|how did you get this|how did you calculate that|\
         how did you compute that|how was that calculated|how was this calculated|\
         show me the sql|show the sql|sql|the sql|where does this number come from|\
         where does that number come from|how do you know|how do you know that|\
         explain the answer|explain your answer|explain the number",
    ),
    (
        Cue::Correct,
        "no i meant|no i mean|i meant|i mean|sorry i meant|actually i meant|not that i meant|\
         no i want|no i wanted|i was asking about|i was asking for|meant|actually i mean|\
         sorry i mean|no i was asking about|i wanted|sorry|oops|oh no|wait|no wait|\
         my mistake|i said|wrong month|wrong period|wrong year|wrong metric|wrong country|\
         wrong day|wrong week|wrong one|wrong quarter|that is not what i meant|\
         thats not what i meant|not what i meant|that is not it|thats not it|not that|\
         not that one|that is not what i asked for|i asked for|i asked about|\
         i was thinking of|let me rephrase|scratch that|i misspoke|correction|i want|\
         rather i meant|i did say",
    ),
    (
        Cue::AllTime,
        "all time|lifetime|since the beginning|in history|of all time|all the time|\
         for all time|since forever|since we started|all the data|all data|since inception|\
         whole history|entire history|all history|ever since we started|from the beginning|\
         since day one",
    ),
    (
        Cue::NoCompare,
        "without the comparison|without comparison|no comparison|remove the comparison|\
         drop the comparison|dont compare|do not compare|stop comparing|without comparing",
    ),
    (
        Cue::NoLimit,
        "show all of them|all of them|show all|all rows|without the limit|no limit|\
         remove the limit|the full list|full list|the whole list|show everything|\
         list them all|show them all",
    ),
    (
        Cue::Ascending,
        "ascending|lowest first|smallest first|worst first|from lowest to highest|\
         in ascending order|from smallest to largest|reverse the order|reverse order|\
         other way around|the other way around",
    ),
    (
        Cue::Descending,
        "descending|highest first|largest first|biggest first|best first|\
         from highest to lowest|in descending order|from largest to smallest",
    ),
    (
        Cue::SortBy,
        "sort by|sorted by|sort it by|sort them by|order by|ordered by|order it by|\
         order them by|rank by|ranked by|rank them by|ranking by|arrange by",
    ),
    (
        Cue::Good,
        "good answer|thats right|that is right|that is correct|thats correct|correct|\
         well answered|that was helpful|helpful|nice answer|great answer|exactly right|\
         looks right|spot on",
    ),
    (
        Cue::Bad,
        "bad answer|thats wrong|that is wrong|wrong|this is wrong|incorrect|\
         that is incorrect|thats not right|that is not right|not what i asked|\
         that is not what i asked|thats not what i asked|this is not right|wrong answer|\
         the number is wrong|that number is wrong|this number is wrong|this looks wrong|\
         that looks wrong|not helpful|looks wrong|doesnt look right|useless",
    ),
    (
        Cue::Yes,
        "yes|yep|yeah|yup|sure|yes please|ok|okay|go ahead|please do|do that|do it|of course|\
         correct|right|sounds good|that one|yes that one|the one",
    ),
    (
        Cue::No,
        "nope|none of them|none of these|neither|none|no thanks|nah|no",
    ),
    (
        Cue::Nth(0),
        "the first one|first one|the first|the top one|number one|first row|the first row|\
         the biggest one|the winner|option 1|the top result|the leader",
    ),
    (
        Cue::Nth(1),
        "the second one|second one|number two|second row|the second row|the runner up|\
         option 2",
    ),
    (
        Cue::Nth(2),
        "the third one|third one|number three|third row|the third row|option 3",
    ),
    (
        Cue::Nth(3),
        "the fourth one|fourth one|number four|fourth row|the fourth row|option 4",
    ),
    (
        Cue::Last,
        "the last one|last one|the bottom one|last row|the last row",
    ),
    (
        Cue::Drill,
        "drill into|drill down into|zoom into|zoom in on|dig into|look into|focus on|\
         drill down on|break into|zoom in to",
    ),
    (
        Cue::Values,
        "list of|list all|list the|which are the|what are all the|what are all our|\
         what are all|list our",
    ),
    (
        Cue::Definitions,
        "what have i defined|my definitions|what do you remember|\
         what definitions do you have|list definitions|list my definitions|\
         show my definitions|which definitions do you know|what have i taught you|definitions",
    ),
    (Cue::TheFilter, "filter|filters|restriction|condition"),
    (
        Cue::Contains,
        "contains|containing|contain|that contains|which contains|including the word|\
         includes the word|with the word",
    ),
    (
        Cue::Feature(Feature::Action),
        "send an|send the invoice|create a|create an|delete the|delete all|delete my|\
         cancel the|cancel my|approve the|schedule a meeting|book a meeting|update the|\
         pay the|email the|transfer|assign the|merge the|close the|reopen|refund the|\
         refund all|change the price|edit the|remove the customer|grant me|give me access|\
         make me an admin",
    ),
    (
        Cue::DayOfWeek,
        "weekday|day of the week|day of week|days of the week|weekdays",
    ),
    (
        Cue::HourOfDay,
        "hour of the day|hour of day|time of the day|time of day|hours of the day",
    ),
    (
        Cue::HowMuch,
        "how much|how much money|what amount|what amount of|how much in|how much did we|\
         how much do we|how much have we",
    ),
    (Cue::Noise, super::passed_over::ENGLISH),
];
