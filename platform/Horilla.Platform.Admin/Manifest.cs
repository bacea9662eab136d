using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "Horilla Platform",
    Author = "Horilla",
    Version = "1.0.0",
    Category = "Platform")]

[assembly: Feature(
    Id = "OrchardCore.Settings",
    Name = "Settings",
    Description = "The settings of the site.",
    Category = "Platform",
    IsAlwaysEnabled = true)]

[assembly: Feature(
    Id = "OrchardCore.Navigation",
    Name = "Navigation",
    Description = "Menus, of which the admin panel has one.",
    Category = "Platform")]

[assembly: Feature(
    Id = "OrchardCore.Recipes",
    Name = "Recipes",
    Description = "Sets sites up by recipes.",
    Category = "Platform",
    IsAlwaysEnabled = true)]

[assembly: Feature(
    Id = "OrchardCore.Resources",
    Name = "Resources",
    Description = "Bootstrap, for the pages of the admin panel.",
    Category = "Platform")]

[assembly: Feature(
    Id = "OrchardCore.Roles",
    Name = "Roles",
    Description = "Roles, and the permissions that they grant.",
    Category = "Security")]

[assembly: Feature(
    Id = "OrchardCore.Users",
    Name = "Users",
    Description = "Users, who sign in with a password.",
    Category = "Security",
    Dependencies = ["OrchardCore.Roles", "OrchardCore.Settings"])]

[assembly: Feature(
    Id = "TheAdmin",
    Name = "The Admin Theme",
    Description = "The layout of the admin panel.",
    Category = "Platform",
    Dependencies = ["OrchardCore.Resources"])]

[assembly: Feature(
    Id = "OrchardCore.Admin",
    Name = "Admin",
    Description = "The admin panel.",
    Category = "Platform",
    Dependencies = ["OrchardCore.Navigation", "OrchardCore.Users", "TheAdmin"])]

[assembly: Feature(
    Id = "OrchardCore.HomeRoute",
    Name = "Home Route",
    Description = "Leads the root of the site to the page that its settings name.",
    Category = "Platform")]

[assembly: Feature(
    Id = "OrchardCore.Email",
    Name = "Email",
    Description = "Sends mail by the providers that other features bring.",
    Category = "Messaging")]

[assembly: Feature(
    Id = "OrchardCore.HealthChecks",
    Name = "Health Checks",
    Description = "Tells monitoring how the site is, by what other features check.",
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
    Description = "Creates, changes and removes the tenants of the host.",
    Category = "Infrastructure",
    DefaultTenantOnly = true,
    Dependencies = ["OrchardCore.Admin"])]

[assembly: Feature(
    Id = "OrchardCore.Setup",
    Name = "Setup",
    Description = "The page by which a new tenant is set up.",
    Category = "Infrastructure",
    EnabledByDependencyOnly = true,
    Dependencies = ["TheAdmin"])]
