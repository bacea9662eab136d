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
    Description = "Lets administrators configure and test the mail servers that this site and its features send email through.",
    Category = "Messaging",
    Dependencies = ["OrchardCore.Admin", "OrchardCore.Settings", "OrchardCore.Users"])]
