const type = (id, code, name, direction, kind, role = "base", color = 1) => ({
    id,
    code,
    name,
    direction,
    kind,
    color,
    role,
    description: "",
});

/** Some types, as the page brings them. */
export const TYPES = [
    type(1, "1.1.2", "Incoming request", "incoming", "1 Production"),
    type(2, "1.2.2", "Outgoing request for source data", "outgoing", "1 Production"),
    type(3, "2.1.1", "Жалоба, благодарность за счёт", "incoming", "2 Improvements"),
    type(4, "2.2.1", "Feedback", "outgoing", "2 Improvements"),
    type(5, "3.1.1", "Incoming request", "incoming", "3 Additional", "additional"),
];
