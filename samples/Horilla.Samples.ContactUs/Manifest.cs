using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "Contact Us",
    Author = "Horilla",
    Website = "https://www.horilla.com",
    Version = "1.0.0",
    Category = "Samples")]

[assembly: Feature(
    Id = "Horilla.Samples.ContactUs",
    Name = "Contact Us (sample)",
    Description = "A page that mails a message with an attachment, and a list of what it sent: how a module sends mail.",
    Category = "Samples",
    Dependencies = ["OrchardCore.Admin", "Horilla.Modules.OutgoingMail"])]
