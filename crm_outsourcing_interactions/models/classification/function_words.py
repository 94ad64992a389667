"""List English and Russian words that say nothing of the subject of a message: articles, pronouns, greetings."""

ENGLISH = """
a about above after afternoon again all also always am an and another any are as ask asked at away back be because been
before being between both but by came can come could dear did do does doing done down during each either else enough etc
even evening ever every few first for from further gave get gets getting give given go going good got great had has have
having he hello help her here hers hey hi him his how however if in into is it its itself just keep kind know last later
least less let like look made make many may maybe me might mine month more morning most mr mrs ms much must my near need
needed needs never new next no none nor not nothing now of off old on once one ones only or other our ours ourselves out
over own per please put quite rather really regards same say see seem send sent shall she should since so some something
soon still such sure take than thank thanks that the their them then there these they thing this those though through
time to today together tomorrow too two under until up upon us use used very via want wanted was way we week well went
were what when where whether which while who whole whom whose why will wish with within without would year yes yesterday
yet you your yours yourself yourselves
"""
RUSSIAN = """
а без более больше бы был была были было быть в вам вами вас вечер ваш ваша ваше ваши вашего вашей вашем вашим ваших
весь во вот впрочем все всегда всего всей всем всех вы где год года году да давайте даже два две день доброе доброго
добрый до должен должны другой его ее ей если есть еще же за завтра здесь здравствуйте и из или им иметь их к каждый как
какая какие какой когда коллеги кто ли либо лишь лучше между меня мне много может можете можно мой моя моего мы на над
надо нам нами нас наш наша наше наши нашего нашей нашем нашу наших не него нее ней нет ни нибудь никогда ним них ничего
но новый новая новые нового новой ну нужно нужен нужна нужны о об один одна одно однако он она они оно от очень перед по
под пожалуйста после потому почему почти привет приветствую при про просим прошу прошлый раз разве с сам свой своей
своих себе себя сегодня сейчас скажите со совсем спасибо сразу так также такая такие такого такой там тебя тем теперь то
тогда того тоже той только том тот ту тут ты уважаемые уважаемый уважаемая уже утро хорошо хотели хотя чего чем через
что чтобы чтоб чуть эта эти это этого этой этом этот эту этих я
"""
FUNCTION_WORDS = frozenset(f"{ENGLISH} {RUSSIAN}".split())
"""Words as :func:`.phrases.folded` writes them, without «ё»."""
