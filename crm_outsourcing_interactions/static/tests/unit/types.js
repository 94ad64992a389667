const type = (id, code, name, short_name, direction, kind, role = "base", color = 1) => ({
    id,
    code,
    name,
    short_name,
    direction,
    kind,
    color,
    role,
    description: "",
});

/** Some types, as the page brings them. */
export const TYPES = [
    type(1, "1.1.2", "Incoming request", "Request within the contract", "incoming", "1 Production"),
    type(
        2,
        "1.2.2",
        "Outgoing request for source data",
        "Request for source data",
        "outgoing",
        "1 Production",
    ),
    type(3, "2.1.1", "Жалоба, благодарность за счёт", "Жалоба", "incoming", "2 Improvements"),
    type(4, "2.2.1", "Feedback", "Request for feedback", "outgoing", "2 Improvements"),
    type(
        5,
        "3.1.1",
        "Incoming request",
        "Request beyond the contract",
        "incoming",
        "3 Additional",
        "additional",
    ),
];

/** The same, with an opinion that is a complaint or praise. */
export const OPINION_TYPES = TYPES.map((type) =>
    type.code === "2.1.1"
        ? {
              ...type,
              opinions: [
                  ["negative", "Complaint"],
                  ["positive", "Praise"],
              ],
          }
        : type,
);
