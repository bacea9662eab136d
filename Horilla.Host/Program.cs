using Horilla.Host;
using Horilla.Host.Edge;

var builder = WebApplication.CreateBuilder(args);

var password = FirstPassword.EnsureConfigured(builder);

builder.AddEdge();
builder.Services
    .AddOrchardCms()
    .AddSetupFeatures("OrchardCore.AutoSetup");

var app = builder.Build();

password?.PrintWhenStarted(app);
app.UseEdge();
app.UseOrchardCore();

await app.RunAsync();
