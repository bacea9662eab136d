using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "Horilla Platform",
    Author = "Horilla",
    Version = "1.0.0",
    Category = "Platform")]

[assembly: Feature(
    Id = "OrchardCore.Settings",
    Name = "Settings",
    Description = "Provides the general settings of the site.",
    Category = "Platform",
    IsAlwaysEnabled = true)]

[assembly: Feature(
    Id = "OrchardCore.Navigation",
    Name = "Navigation",
    Description = "Provides menus, including the menu of the admin panel.",
    Category = "Platform")]

[assembly: Feature(
    Id = "OrchardCore.Recipes",
    Name = "Recipes",
    Description = "Sets up sites from recipes.",
    Category = "Platform",
    IsAlwaysEnabled = true)]

[assembly: Feature(
    Id = "OrchardCore.Resources",
    Name = "Resources",
    Description = "Provides Bootstrap for the pages of the admin panel.",
    Category = "Platform")]

[assembly: Feature(
    Id = "OrchardCore.Roles",
    Name = "Roles",
    Description = "Manages roles and the permissions they grant.",
    Category = "Security")]

[assembly: Feature(
    Id = "OrchardCore.Users",
    Name = "Users",
    Description = "Manages users, who sign in with a password.",
    Category = "Security",
    Dependencies = ["OrchardCore.Roles", "OrchardCore.Settings"])]

[assembly: Feature(
    Id = "TheAdmin",
    Name = "The Admin Theme",
    Description = "Provides the layout of the admin panel.",
    Category = "Platform",
    Dependencies = ["OrchardCore.Resources"])]

[assembly: Feature(
    Id = "OrchardCore.Admin",
    Name = "Admin",
    Description = "Provides the admin panel.",
    Category = "Platform",
    Dependencies = ["OrchardCore.Navigation", "OrchardCore.Users", "TheAdmin"])]

[assembly: Feature(
    Id = "OrchardCore.HomeRoute",
    Name = "Home Route",
    Description = "Maps the root URL of the site to the page that its settings name.",
    Category = "Platform")]

[assembly: Feature(
    Id = "OrchardCore.Email",
    Name = "Email",
    Description = "Sends email through the providers that other features register.",
    Category = "Messaging")]

[assembly: Feature(
    Id = "OrchardCore.HealthChecks",
    Name = "Health Checks",
    Description = "Reports the health of the site to monitoring, based on the checks that other features register.",
    Category = "Infrastructure")]

[assembly: Feature(
    Id = "OrchardCore.Features",
    Name = "Features",
    Description = "Enables and disables the features of the site.",
    Category = "Platform",
    Dependencies = ["OrchardCore.Admin"])]

[assembly: Feature(
    Id = "OrchardCore.Tenants",
    Name = "Tenants",
    Description = "Creates, edits and removes the tenants of the host.",
    Category = "Infrastructure",
    DefaultTenantOnly = true,
    Dependencies = ["OrchardCore.Admin"])]

[assembly: Feature(
    Id = "OrchardCore.Setup",
    Name = "Setup",
    Description = "Provides the page that sets up a new tenant.",
    Category = "Infrastructure",
    EnabledByDependencyOnly = true,
    Dependencies = ["TheAdmin"])]
