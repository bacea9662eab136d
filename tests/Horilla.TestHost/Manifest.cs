using OrchardCore.Modules.Manifest;

[assembly: Module(Name = "Test Host", Author = "Horilla", Version = "1.0.0", Category = "Tests")]

[assembly: Feature(
    Id = "Horilla.TestHost",
    Name = "Test Host",
    Description = "What the tests need.",
    Category = "Tests",
    Dependencies = ["Horilla.Modules.OutgoingMail"])]
