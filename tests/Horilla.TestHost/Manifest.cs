using OrchardCore.Modules.Manifest;

[assembly: Module(Name = "Test Host", Author = "Horilla", Version = "1.0.0", Category = "Tests")]

[assembly: Feature(
    Id = "Horilla.TestHost",
    Name = "Test Host",
    Description = "What the tests need.",
    Category = "Tests",
    Dependencies = ["Horilla.Modules.OutgoingMail"])]

[assembly: Feature(
    Id = "Horilla.TestHost.ServerTypes",
    Name = "Test Host server types",
    Description = "Mail server types of another module.",
    Category = "Tests",
    Dependencies = ["Horilla.Modules.OutgoingMail"])]
