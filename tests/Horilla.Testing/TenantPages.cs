using System.Net;

namespace Horilla.Testing;

/// <summary>Manages tenants through the pages of the default tenant.</summary>
public static class TenantPages
{
    public const string List = "/Admin/Tenants";
    public const string New = "/Admin/Tenants/Create";
    public const string Administrator = "boss";
    public const string Password = "Password-7";

    /// <summary>Returns a name that no other test uses. It also serves as the URL prefix.</summary>
    public static string UniqueName() => $"t{Guid.NewGuid():N}"[..16];

    public static async Task<WebPage> CreateAsync(WebBrowser admin, string name, Dictionary<string, string?>? changes = null)
        => await (await admin.GetAsync(New)).SubmitAsync(Merge(
            new() { ["Name"] = name, ["RequestUrlPrefix"] = name, ["RecipeName"] = "Test", ["DatabaseProvider"] = "Sqlite", ["action"] = "createAndSetup" },
            changes));

    /// <summary>Sets up a tenant that was just created.</summary>
    public static async Task<WebPage> SetUpAsync(WebPage created, WebBrowser visitor, Dictionary<string, string?>? changes = null)
    {
        if (created.Location is not { } link)
        {
            throw new InvalidOperationException($"The tenant was not created: {string.Join(" ", created.TextsOf(".ta-errors, .ta-error"))}");
        }

        return await SetUpAsync(await visitor.GetAsync(link), changes);
    }

    public static Task<WebPage> SetUpAsync(WebPage form, Dictionary<string, string?>? changes = null)
        => form.SubmitAsync(Merge(
            new()
            {
                ["SiteName"] = "Site of a tenant",
                ["SiteTimeZone"] = "Etc/UTC",
                ["UserName"] = Administrator,
                ["Email"] = "boss@example.com",
                ["Password"] = Password,
                ["PasswordConfirmation"] = Password,
            },
            changes));

    /// <summary>Creates a tenant, sets it up and signs in its administrator.</summary>
    public static async Task<WebBrowser> CreateRunningTenantAsync(WebBrowser admin, Uri address, string name, Dictionary<string, string?>? changes = null)
    {
        var browser = new WebBrowser(address);
        var done = await SetUpAsync(await CreateAsync(admin, name, changes), browser);

        if (done.Status != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"The tenant was not set up: {string.Join(" ", done.TextsOf(".ta-errors, .ta-error"))}");
        }

        await browser.SignInAsync(Administrator, Password, "/" + name);

        return browser;
    }

    /// <summary>Presses a button in the tenant's row.</summary>
    public static async Task<WebPage> PressAsync(WebBrowser admin, string action, string name)
        => action == "Disable"
            ? await (await admin.GetAsync($"{List}/Disable/{name}")).SubmitAsync()
            : await (await admin.GetAsync($"{List}?search={name}")).SubmitAsync([], $"form[action='{List}/{action}/{name}']");

    public static async Task<string> GetStateAsync(WebBrowser admin, string name)
        => (await admin.GetAsync($"{List}?search={name}")).TextOf(".ta-row .badge") ?? "";

    /// <summary>Returns the form fields for a PostgreSQL database.</summary>
    public static Dictionary<string, string?> Postgres(string connectionString, string? tablePrefix = null, string? schema = null)
        => new() { ["DatabaseProvider"] = "Postgres", ["ConnectionString"] = connectionString, ["TablePrefix"] = tablePrefix ?? "", ["Schema"] = schema ?? "" };

    private static Dictionary<string, string?> Merge(Dictionary<string, string?> fields, Dictionary<string, string?>? changes)
    {
        foreach (var (name, value) in changes ?? [])
        {
            fields[name] = value;
        }

        return fields;
    }
}
