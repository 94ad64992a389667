"""Who works in the demo firm and who its clients are, in English and Russian."""

STAFF = [
    ("accountant_1", "Maria Orlova", "Мария Орлова"),
    ("accountant_2", "Peter Sokolov", "Пётр Соколов"),
    ("auditor", "Elena Volkova", "Елена Волкова"),
    ("sales", "Igor Lebedev", "Игорь Лебедев"),
]
"""Login and XML id, name; the first three look after clients, the last one sells."""
ACCOUNTANTS = ("accountant_1", "accountant_2")
SUPERVISOR = "auditor"
HELPED = 3
"""So many clients have a second accountant in their team."""
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
"""XML id, company and its chief accountant, each in both languages."""
DIRECTORS = [
    ("vector", "Viktor Gusev", "Виктор Гусев"),
    ("sever", "Lidia Panova", "Лидия Панова"),
    ("baltstroy", "Roman Ershov", "Роман Ершов"),
    ("kvant", "Timur Safin", "Тимур Сафин"),
]
FIRM = ("Ledger & Partners", "Леджер и партнёры")
UNNAMED = ("YourCompany", "My Company")
WORDS = {
    "project": ("Bookkeeping of %s", "Учёт %s"),
    "task": ("Closing of %s", "Закрытие месяца: %s"),
    "lead": ("Further services for %s", "Дополнительные услуги: %s"),
    "line": ("Bookkeeping services", "Бухгалтерские услуги"),
}
