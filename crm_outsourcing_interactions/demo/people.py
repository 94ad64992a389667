"""Define staff and clients of the demo firm, in English and Russian."""

STAFF = [
    ("accountant_1", "Maria Orlova", "Мария Орлова"),
    ("accountant_2", "Peter Sokolov", "Пётр Соколов"),
    ("auditor", "Elena Volkova", "Елена Волкова"),
    ("sales", "Igor Lebedev", "Игорь Лебедев"),
]
"""Login, which is also the XML id, and name; the first three serve clients, the last one is the salesperson."""
ACCOUNTANTS = ("accountant_1", "accountant_2")
SUPERVISOR = "auditor"
HELPED = 3
"""Number of clients with a second accountant in their team."""
CLIENTS = [
    ("vector", "Vector Trade", "ООО «Вектор Трейд»", "Anna Belova", "Анна Белова"),
    ("sever", "North Bakery", "ООО «Северный хлеб»", "Oleg Titov", "Олег Титов"),
    ("lotus", "Lotus Dental", "ООО «Лотос Дент»", "Irina Gromova", "Ирина Громова"),
    ("baltstroy", "Baltic Construction", "АО «Балтстрой»", "Sergey Frolov", "Сергей Фролов"),
    ("kvant", "Quantum Software", "ООО «Квант Софт»", "Nina Zueva", "Нина Зуева"),
    ("parus", "Sail Logistics", "ООО «Парус Логистика»", "Denis Karpov", "Денис Карпов"),
    ("ryabina", "Rowan Cafés", "ООО «Рябина»", "Olga Mironova", "Ольга Миронова"),
    ("granit", "Granite Design", "ООО «Гранит Дизайн»", "Pavel Sizov", "Павел Сизов"),
    ("yantar", "Amber Antiques", "ИП Янтарёв А. В.", "Alexey Yantaryov", "Алексей Янтарёв"),
    ("polar", "Polar Clinic", "ООО «Полярная клиника»", "Vera Kotova", "Вера Котова"),
    ("horizon", "Horizon Hotels", "АО «Горизонт Отель»", "Kirill Danilov", "Кирилл Данилов"),
    ("kashtan", "Chestnut Publishing", "ООО «Каштан Медиа»", "Tatiana Lukina", "Татьяна Лукина"),
]
"""XML id, company and its chief accountant in both languages."""
DIRECTORS = [
    ("vector", "Viktor Gusev", "Виктор Гусев"),
    ("sever", "Lidia Panova", "Лидия Панова"),
    ("baltstroy", "Roman Ershov", "Роман Ершов"),
    ("kvant", "Timur Safin", "Тимур Сафин"),
]
TOPICS = {
    "certificate": [
        ("Income certificate", "Справка о доходах"),
        (
            "Please prepare an income certificate for our employee by Friday.",
            "Подготовьте, пожалуйста, справку о доходах нашему сотруднику к пятнице.",
        ),
    ],
    "travel": [
        ("Travel expenses", "Командировочные расходы"),
        (
            "Which receipts do we need for a business trip abroad?",
            "Какие чеки нужны для заграничной командировки?",
        ),
        (
            "We have received your question and will answer tomorrow.",
            "Получили ваш вопрос, ответим завтра.",
        ),
    ],
    "payroll": [
        ("New employee", "Новый сотрудник"),
        (
            "A new employee starts on Monday. Please register him for the payroll.",
            "В понедельник выходит новый сотрудник. Оформите, пожалуйста, приём на работу.",
        ),
    ],
    "statements": [
        ("Bank statements for the closing", "Выписки для закрытия месяца"),
        (
            "To close the month, we need the bank statements of both accounts.",
            "Для закрытия месяца нужны выписки по обоим счетам.",
        ),
    ],
    "vat": [
        ("VAT on an advance", "НДС с аванса"),
        ("Do we pay VAT on an advance from abroad?", "Нужно ли платить НДС с аванса от иностранного заказчика?"),
        (
            "Services for a foreign customer are not taxed here, nor is the advance.",
            "Услуги иностранному заказчику НДС не облагаются, аванс тоже.",
        ),
        (
            "The customer has a branch in our country. Does that change anything?",
            "У заказчика есть филиал в нашей стране. Это что-то меняет?",
        ),
    ],
    "delay": [
        ("Delay with the report", "Задержка отчёта"),
        (
            "We must complain: the management report came a day after our board meeting.",
            "Вынуждены направить жалобу: управленческий отчёт пришёл на день позже совета директоров.",
        ),
    ],
    "income": [
        ("Certificate for a mortgage", "Справка для ипотеки"),
        (
            "An employee needs an income certificate for a mortgage, please.",
            "Сотруднику нужна справка о доходах для ипотеки, подготовьте, пожалуйста.",
        ),
        ("The certificate is attached.", "Справка во вложении."),
        (
            "The bank also wants to see last year. Could you add it?",
            "Банк просит и прошлый год. Добавьте его, пожалуйста.",
        ),
        ("Here is the certificate for both years.", "Направляем справку за оба года."),
    ],
    "fuel": [
        ("Fuel for a private car", "Топливо для личной машины"),
        (
            "Can we pay our manager for fuel for his own car?",
            "Можем ли мы возмещать менеджеру топливо для его машины?",
        ),
        ("Is there any news on the fuel?", "Есть ли новости по топливу?"),
        (
            "Sorry for the delay. Yes: with an order, a monthly amount and the trip sheets. A template is attached.",
            "Извините за задержку. Да: нужны приказ, сумма на месяц и путевые листы. Шаблон во вложении.",
        ),
    ],
    "reconciliation": [
        ("Reconciliation with the landlord", "Сверка с арендодателем"),
        (
            "Please prepare a reconciliation statement with our landlord.",
            "Подготовьте, пожалуйста, акт сверки с арендодателем.",
        ),
        (
            "The landlord asks for the reconciliation statement again. When will it be ready?",
            "Арендодатель снова просит акт сверки. Когда он будет готов?",
        ),
        (
            "The statement is attached. We had to wait for the landlord's figures.",
            "Акт сверки во вложении. Пришлось ждать данных арендодателя.",
        ),
    ],
    "papers": [
        ("Documents for the quarter", "Документы за квартал"),
        ("Please send the acts of the subcontractors.", "Пришлите, пожалуйста, акты субподрядчиков."),
        ("Two of the acts are attached.", "Во вложении два акта."),
        ("We also need the invoices for these acts.", "К этим актам нужны ещё счета-фактуры."),
        ("May we remind you of the invoices for the acts?", "Напоминаем о счетах-фактурах к актам."),
        ("The invoices, sorry for the delay.", "Направляем счета-фактуры, извините за задержку."),
        (
            "Please send the contract with the new subcontractor, too.",
            "Пришлите, пожалуйста, и договор с новым субподрядчиком.",
        ),
        ("The contract is attached.", "Договор во вложении."),
        (
            "Thank you. Next quarter we will send you one list of all documents at the beginning.",
            "Спасибо. В следующем квартале пришлём в начале единый список всех документов.",
        ),
    ],
}
"""Topic of a planned matter → subject and texts in both languages."""
FIRM = ("Ledger & Partners", "Леджер и партнёры")
SECOND_FIRM = ("Balance Advisers", "Баланс Консалт")
MANAGER = ("manager", "Marina Kuznetsova", "Марина Кузнецова")
"""Login and name of the manager of the second firm."""
UNNAMED = ("YourCompany", "My Company")
GREETINGS = (
    ("Hi %s,", "Добрый день, %s!"),
    ("Hello %s,", "%s, здравствуйте!"),
    ("Dear %s,", "%s, добрый день!"),
    ("", ""),
)
"""How messages begin, one after the other."""
CLOSING = ("Best regards,", "С уважением,")
REPORTING_WEEKS = {
    1: ("Annual reports, payroll", "Годовые отчёты по зарплате"),
    3: ("Annual accounts", "Годовая отчётность"),
    4: ("First quarter", "Отчётность за I квартал"),
    7: ("Half-year", "Отчётность за полугодие"),
    10: ("Third quarter", "Отчётность за III квартал"),
}
WORDS = {
    "project": ("Bookkeeping for %s", "Ведение учёта: %s"),
    "task": ("Month-end closing %s", "Закрытие месяца: %s"),
    "lead": ("Additional services for %s", "Дополнительные услуги: %s"),
    "line": ("Bookkeeping services", "Бухгалтерские услуги"),
}
