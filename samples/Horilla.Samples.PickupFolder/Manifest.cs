using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "Pickup Folder",
    Author = "Horilla",
    Website = "https://www.horilla.com",
    Version = "1.0.0",
    Category = "Samples")]

[assembly: Feature(
    Id = "Horilla.Samples.PickupFolder",
    Name = "Pickup Folder (sample)",
    Description = "Adds a mail server type that writes messages as .eml files to a folder instead of sending them. Useful in development. Shows how a module adds a server type.",
    Category = "Samples",
    Dependencies = ["Horilla.Modules.OutgoingMail"])]
