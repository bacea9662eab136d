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
    Description = "Sends messages with attachments from an admin page and lists them. Shows how a module sends email.",
    Category = "Samples",
    Dependencies = ["OrchardCore.Admin", "Horilla.Modules.OutgoingMail"])]
