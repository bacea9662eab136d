using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "Outgoing Mail",
    Author = "Horilla",
    Website = "https://www.horilla.com",
    Version = "1.0.0",
    Category = "Messaging")]

[assembly: Feature(
    Id = "Horilla.Modules.OutgoingMail",
    Name = "Outgoing Mail",
    Description = "The mail servers that this site sends through: configured, tested, and used by other features.",
    Category = "Messaging",
    Dependencies = ["OrchardCore.Admin", "OrchardCore.Settings", "OrchardCore.Users"])]
