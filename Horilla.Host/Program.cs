using Horilla.Host;

var builder = WebApplication.CreateBuilder(args);

var password = FirstPassword.EnsureConfigured(builder);

builder.Services
    .AddOrchardCms()
    .AddSetupFeatures("OrchardCore.AutoSetup");

var app = builder.Build();

password?.PrintWhenStarted(app);
app.UseOrchardCore();

await app.RunAsync();
