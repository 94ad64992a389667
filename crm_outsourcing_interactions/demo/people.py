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
]
"""XML id, company and its chief accountant in both languages."""
DIRECTORS = [
    ("vector", "Viktor Gusev", "Виктор Гусев"),
    ("sever", "Lidia Panova", "Лидия Панова"),
    ("baltstroy", "Roman Ershov", "Роман Ершов"),
    ("kvant", "Timur Safin", "Тимур Сафин"),
]
FIRM = ("Ledger & Partners", "Леджер и партнёры")
UNNAMED = ("YourCompany", "My Company")
WORDS = {
    "project": ("Bookkeeping for %s", "Ведение учёта: %s"),
    "task": ("Month-end closing %s", "Закрытие месяца: %s"),
    "lead": ("Additional services for %s", "Дополнительные услуги: %s"),
    "line": ("Bookkeeping services", "Бухгалтерские услуги"),
}
