using System.Net;
using System.Text.Json.Nodes;
using Horilla.Testing;
using Xunit;

namespace Horilla.Platform.Admin.Tests;

/// <summary>Creates, sets up, changes and removes tenants in the admin panel while the host runs.</summary>
public sealed class TenantsTests(TestHostFixture running, PostgreSqlFixture postgreSql) : IClassFixture<TestHostFixture>, IClassFixture<PostgreSqlFixture>
{
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task A_tenant_can_be_created_disabled_enabled_reloaded_and_removed(string provider)
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var database = provider == "Postgres" ? TenantPages.Postgres(await postgreSql.Server.CreateDatabaseAsync(), "crm", "sales") : null;
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name, database);
        Assert.Equal("Running", await TenantPages.GetStateAsync(admin, name));
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{name}/Admin/OutgoingMail")).Status);
        Assert.Contains("Site of a tenant", (await boss.GetAsync($"/{name}/Admin")).TextOf(".ta-brand"), StringComparison.Ordinal);

        Assert.Contains($"The tenant {name} was disabled. Its data is kept.", (await (await TenantPages.PressAsync(admin, "Disable", name)).FollowAsync()).Messages);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/{name}/Admin")).Status);
        Assert.Equal("Disabled", await TenantPages.GetStateAsync(admin, name));

        Assert.Contains($"The tenant {name} was enabled.", (await (await TenantPages.PressAsync(admin, "Enable", name)).FollowAsync()).Messages);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{name}/Admin")).Status);

        Assert.Contains($"The tenant {name} was reloaded.", (await (await TenantPages.PressAsync(admin, "Reload", name)).FollowAsync()).Messages);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{name}/Admin")).Status);

        await TenantPages.PressAsync(admin, "Disable", name);
        var remove = await admin.GetAsync($"{TenantPages.List}/Remove/{name}");
        var mistaken = await remove.SubmitAsync(new() { ["Confirmation"] = "other" });
        Assert.Equal($"Type {name} to confirm that you want to remove this tenant.", mistaken.TextOf("[data-valmsg-for='Confirmation']"));
        Assert.Contains($"The tenant {name} was removed with its data.", (await (await remove.SubmitAsync(new() { ["Confirmation"] = name })).FollowAsync()).Messages);
        Assert.False(Directory.Exists(Path.Combine(running.Data, "Sites", name)));
        Assert.Null((await TenantsFileAsync())[name]);
        Assert.Equal("/Login?ReturnUrl=%2FAdmin", (await running.AnonymousBrowser().GetAsync("/Admin")).Location);
        Assert.Equal("Page not found", (await running.AnonymousBrowser().GetAsync($"/{name}/Admin")).Title);

        if (database is not null)
        {
            Assert.Empty(await PostgreSqlServer.QueryAsync(database["ConnectionString"]!, "SELECT nspname FROM pg_namespace WHERE nspname = 'sales'"));
        }
    }

    [Fact]
    public async Task Tenants_in_one_database_are_separated_by_table_prefix_and_removed_individually()
    {
        using var admin = await running.SignInAsAdminAsync();
        var connectionString = await postgreSql.Server.CreateDatabaseAsync();
        var (one, two) = (TenantPages.UniqueName(), TenantPages.UniqueName());
        using var first = await TenantPages.CreateRunningTenantAsync(admin, running.Address, one, TenantPages.Postgres(connectionString, "a"));
        using var second = await TenantPages.CreateRunningTenantAsync(admin, running.Address, two, TenantPages.Postgres(connectionString, "a_b"));
        var taken = await TenantPages.CreateAsync(admin, TenantPages.UniqueName(), TenantPages.Postgres(connectionString, "a"));
        Assert.Contains($"The tenant {one} already uses this database with this table prefix.", taken.TextOf("[data-valmsg-for='TablePrefix']"), StringComparison.Ordinal);

        // The same server under another name is detected when the tenant is set up.
        var aliased = await TenantPages.CreateAsync(admin, TenantPages.UniqueName(), TenantPages.Postgres(connectionString.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), "a"));
        var refused = await TenantPages.SetUpAsync(aliased, running.AnonymousBrowser());
        Assert.Contains("already has a site with this table prefix: the table 'a_Document' exists.", refused.TextOf(".ta-errors"), StringComparison.Ordinal);

        await PostgreSqlServer.ExecuteAsync(connectionString, "CREATE TABLE \"a_Foreign\" (id int)");
        await TenantPages.PressAsync(admin, "Disable", one);
        await (await admin.GetAsync($"{TenantPages.List}/Remove/{one}")).SubmitAsync(new() { ["Confirmation"] = one });
        var left = await PostgreSqlServer.QueryAsync(connectionString, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
        Assert.Contains("a_Foreign", left);
        Assert.Contains("a_b_Document", left);
        Assert.DoesNotContain("a_Document", left);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync($"/{two}/Admin/OutgoingMail")).Status);
    }

    [Theory]
    [InlineData("Name", "", "Enter a name")]
    [InlineData("Name", "no blanks", "Enter a name")]
    [InlineData("Name", "../up", "Enter a name")]
    [InlineData("Name", "default", "A tenant with this name already exists.")]
    [InlineData("RequestUrlPrefix", "", "Enter a prefix, or a host name below")]
    [InlineData("RequestUrlPrefix", "a/b", "Enter a single path segment")]
    [InlineData("RequestUrlPrefix", "Admin", "The default tenant has pages under /Admin")]
    [InlineData("RequestUrlPrefix", "login", "The default tenant has pages under /login")]
    [InlineData("RequestUrlPrefix", "Identity", "The default tenant has pages under /Identity")]
    [InlineData("RequestUrlPrefix", "health", "The default tenant has pages under /health")]
    [InlineData("RequestUrlHost", "https://crm.example.com", "“https://crm.example.com” isn't a valid host name.")]
    [InlineData("RequestUrlHost", "good.example, bad host!", "“host!” isn't a valid host name.")]
    [InlineData("RequestUrlHost", "crm.example.com:70000", "isn't a valid host name.")]
    [InlineData("RequestUrlHost", "*.example.com:8080", "isn't a valid host name.")]
    [InlineData("Name", "Horilla_Security", "Names that begin with Horilla_")]
    [InlineData("RecipeName", "Nothing", "Choose one of the recipes.")]
    [InlineData("DatabaseProvider", "Oracle", "Choose one of the databases: Sqlite, Postgres.")]
    public async Task An_invalid_value_is_reported_at_its_field_and_nothing_is_created(string field, string value, string message)
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var page = await TenantPages.CreateAsync(admin, name, new() { [field] = value, ["Description"] = "As it was typed" });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(message, page.TextOf($"[data-valmsg-for='{field}']"), StringComparison.Ordinal);
        Assert.Equal("As it was typed", page.Fields()["Description"]);
        Assert.Null((await TenantsFileAsync())[name]);
    }

    [Theory]
    [InlineData("ConnectionString", "", "Enter the connection string")]
    [InlineData("ConnectionString", "nonsense", "This isn't a valid PostgreSQL connection string.")]
    [InlineData("ConnectionString", "Host=localhost", "must have at least Host, Database, Username and Password")]
    [InlineData("ConnectionString", "Host=localhost;Database=x;Username=x;Password=hush-hush;Passfile=/etc/passwd", "can't set Passfile")]
    [InlineData("ConnectionString", "Host=localhost;Database=x;Username=x;Password=hush-hush;Options=-csearch_path=y", "can't set Options")]
    [InlineData("ConnectionString", "Host=/run/postgresql;Database=x;Username=x;Password=hush-hush", "can't set Host to a socket")]
    [InlineData("ConnectionString", "Host=localhost;Database=x;Username=x;Password=hush-hush;Multiplexing=true", "can't set Multiplexing")]
    [InlineData("ConnectionString", "Host=localhost;Database=x;Port=many", "This isn't a valid PostgreSQL connection string.")]
    [InlineData("TablePrefix", "1st", "must start with a letter")]
    [InlineData("TablePrefix", "a\"; DROP TABLE x; --", "letters, digits and underscores")]
    [InlineData("Schema", "pg_own", "PostgreSQL reserves names that start with pg_")]
    public async Task An_invalid_database_setting_is_reported_at_its_field_without_returning_the_password(string field, string value, string message)
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var changes = TenantPages.Postgres("Host=localhost;Database=x;Username=x;Password=hush-hush");
        changes[field] = value;
        var page = await TenantPages.CreateAsync(admin, name, changes);

        Assert.Contains(message, page.TextOf($"[data-valmsg-for='{field}']"), StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", page.Text, StringComparison.Ordinal);
        Assert.Contains(field == "ConnectionString" ? message : "Enter the connection string again", page.TextOf("[data-valmsg-for='ConnectionString']"), StringComparison.Ordinal);
        Assert.Null((await TenantsFileAsync())[name]);
    }

    [Fact]
    public async Task A_prefix_that_the_default_tenant_needs_is_rejected_on_every_host()
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await TenantPages.CreateAsync(admin, TenantPages.UniqueName(), new() { ["RequestUrlPrefix"] = "Admin", ["RequestUrlHost"] = "127.0.0.1" });

        Assert.Contains("The default tenant has pages under /Admin", page.TextOf("[data-valmsg-for='RequestUrlPrefix']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_redirect_URI_has_the_tenants_host_name_and_the_port_of_the_request()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var address = new UriBuilder(running.Address) { Host = "127.0.0.1" }.Uri;
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, address, name, new() { ["RequestUrlHost"] = "127.0.0.1" });

        Assert.Equal($"{address}{name}/OutgoingMail/Outlook/Callback", (await boss.GetAsync($"/{name}/Admin/OutgoingMail/Create/Outlook")).Fields()["OutgoingMailConfiguration.RedirectUri"]);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("*.example, LOCALHOST")]
    public async Task The_host_name_used_to_manage_tenants_cannot_be_given_to_another_tenant(string hosts)
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await TenantPages.CreateAsync(admin, TenantPages.UniqueName(), new() { ["RequestUrlPrefix"] = "", ["RequestUrlHost"] = hosts });

        Assert.Contains("You're managing the tenants at localhost", page.TextOf("[data-valmsg-for='RequestUrlHost']"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(TenantPages.List)).Status);
    }

    [Fact]
    public async Task A_wildcard_tenant_is_set_up_at_one_of_its_host_names()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var created = await TenantPages.CreateAsync(admin, name, new() { ["RequestUrlPrefix"] = "", ["RequestUrlHost"] = $"*.{name}.example" });

        Assert.Equal($"www.{name}.example", created.RedirectsTo?.Host);
        Assert.Equal(running.Address.Port, created.RedirectsTo?.Port);
    }

    [Fact]
    public async Task A_setup_page_that_was_left_open_has_no_effect_after_the_setup()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var created = await TenantPages.CreateAsync(admin, name);
        using var slow = running.AnonymousBrowser();
        var open = await slow.GetAsync(created.Location!);
        Assert.Equal($"/{name}/", (await TenantPages.SetUpAsync(created, running.AnonymousBrowser())).Location);
        var late = await TenantPages.SetUpAsync(open, new() { ["UserName"] = "intruder", ["Email"] = "intruder@example.com" });
        Assert.NotEqual(HttpStatusCode.OK, late.Status);
        Assert.Equal("Running", (string?)(await TenantsFileAsync())[name]!["State"]);
        Assert.Null((await TenantsFileAsync())[name]!["Secret"]);
        using var boss = running.AnonymousBrowser();
        await boss.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + name);
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.AnonymousBrowser().SignInAsync("intruder", TenantPages.Password, "/" + name));
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task Only_one_of_many_concurrent_setups_succeeds(string provider)
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var created = await TenantPages.CreateAsync(admin, name, provider == "Postgres" ? TenantPages.Postgres(await postgreSql.Server.CreateDatabaseAsync()) : null);
        var forms = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => running.AnonymousBrowser().GetAsync(created.Location!)));
        var answers = await Task.WhenAll(forms.Index().Select(form => TenantPages.SetUpAsync(form.Item, new() { ["UserName"] = $"boss{form.Index}" })));

        var (winner, _) = Assert.Single(answers.Index(), answer => answer.Item.Status == HttpStatusCode.Redirect && answer.Item.Location == $"/{name}/");
        using var boss = running.AnonymousBrowser();
        await boss.SignInAsync($"boss{winner}", TenantPages.Password, "/" + name);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{name}/Admin/OutgoingMail")).Status);
    }

    [Fact]
    public async Task Only_one_of_two_tenants_with_the_same_database_is_set_up_and_it_keeps_its_tables()
    {
        using var admin = await running.SignInAsAdminAsync();
        var connectionString = await postgreSql.Server.CreateDatabaseAsync();
        string[] names = [TenantPages.UniqueName(), TenantPages.UniqueName()];
        string[] hosts = ["127.0.0.1", "localhost"];
        var created = await Task.WhenAll(names.Zip(hosts).Select(pair => TenantPages.CreateAsync(admin, pair.First, TenantPages.Postgres(connectionString.Replace("127.0.0.1", pair.Second, StringComparison.Ordinal), "a"))));
        var answers = await Task.WhenAll(created.Select(page => TenantPages.SetUpAsync(page, running.AnonymousBrowser())));
        var (winner, _) = Assert.Single(answers.Index(), answer => answer.Item.Status == HttpStatusCode.Redirect);
        using var boss = running.AnonymousBrowser();

        Assert.Contains("already has a site with this table prefix", answers[1 - winner].TextOf(".ta-errors"), StringComparison.Ordinal);
        await boss.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + names[winner]);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{names[winner]}/Admin/OutgoingMail")).Status);
    }

    [Fact]
    public async Task A_database_error_about_the_schema_is_shown()
    {
        using var admin = await running.SignInAsAdminAsync();
        var connectionString = await postgreSql.Server.CreateDatabaseAsync();
        await PostgreSqlServer.ExecuteAsync(connectionString, "CREATE ROLE little LOGIN PASSWORD 'Little-1'");
        var little = connectionString.Replace("Username=postgres", "Username=little", StringComparison.Ordinal).Replace("Elephant-1", "Little-1", StringComparison.Ordinal);
        var failed = await TenantPages.SetUpAsync(await TenantPages.CreateAsync(admin, TenantPages.UniqueName(), TenantPages.Postgres(little, schema: "own")), running.AnonymousBrowser());

        Assert.Equal(HttpStatusCode.OK, failed.Status);
        Assert.Contains("permission denied for database", failed.TextOf(".ta-errors"), StringComparison.Ordinal);
        Assert.DoesNotContain("POSITION", failed.TextOf(".ta-errors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_works_with_a_pool_of_two_connections()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name, TenantPages.Postgres(await postgreSql.Server.CreateDatabaseAsync() + ";Maximum Pool Size=2;Timeout=5"));
        await MailServerPages.AddAsync(boss, $"/{name}", "one@acme.example");

        Assert.Single((await boss.GetAsync($"/{name}/Admin/OutgoingMail")).TextsOf("tbody tr"));
    }

    [Fact]
    public async Task Two_tenants_cannot_have_the_same_address()
    {
        using var admin = await running.SignInAsAdminAsync();
        var (one, two) = (TenantPages.UniqueName(), TenantPages.UniqueName());
        await TenantPages.CreateAsync(admin, one, new() { ["RequestUrlPrefix"] = "", ["RequestUrlHost"] = $"{one}.example, Büro-{one}.example" });
        var sameHost = await TenantPages.CreateAsync(admin, two, new() { ["RequestUrlPrefix"] = "", ["RequestUrlHost"] = $"other.example {one.ToUpperInvariant()}.EXAMPLE" });
        Assert.Contains($"The tenant {one} already has this address.", sameHost.TextOf("[data-valmsg-for='RequestUrlHost']"), StringComparison.Ordinal);

        var withPrefix = await TenantPages.CreateAsync(admin, two, new() { ["RequestUrlHost"] = $"{one}.example" });
        Assert.NotNull(withPrefix.Location);
        var samePrefix = await TenantPages.CreateAsync(admin, TenantPages.UniqueName(), new() { ["RequestUrlPrefix"] = two.ToUpperInvariant(), ["RequestUrlHost"] = $"{one}.example" });
        Assert.Contains($"The tenant {two} already has this address.", samePrefix.TextOf("[data-valmsg-for='RequestUrlPrefix']"), StringComparison.Ordinal);
        Assert.Equal($"{one}.example,xn--bro-{one}-hsb.example".Length, ((string?)(await TenantsFileAsync())[one]!["RequestUrlHost"])!.Length);
    }

    [Fact]
    public async Task A_wrong_connection_string_is_reported_at_setup_and_can_be_corrected()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var connectionString = await postgreSql.Server.CreateDatabaseAsync();
        var wrong = connectionString.Replace("Elephant-1", "Mouse-1", StringComparison.Ordinal);
        var created = await TenantPages.CreateAsync(admin, name, TenantPages.Postgres(wrong, schema: "crm"));
        var failed = await TenantPages.SetUpAsync(created, running.AnonymousBrowser());

        Assert.Equal(HttpStatusCode.OK, failed.Status);
        Assert.Contains("Can't connect to PostgreSQL: password authentication failed for user \"postgres\".", failed.TextOf(".ta-errors"), StringComparison.Ordinal);
        Assert.Contains("can change it with Edit", failed.TextOf(".ta-errors"), StringComparison.Ordinal);
        Assert.Equal("Site of a tenant", failed.Fields()["SiteName"]);
        Assert.Equal("", failed.Fields()["Password"]);
        Assert.Equal("Not set up", await TenantPages.GetStateAsync(admin, name));

        var edit = await admin.GetAsync($"{TenantPages.List}/Edit/{name}");
        Assert.Equal("", edit.Fields()["ConnectionString"]);
        Assert.Equal("crm", edit.Fields()["Schema"]);
        Assert.NotNull((await edit.SubmitAsync(new() { ["ConnectionString"] = connectionString })).Location);
        Assert.Equal($"/{name}/", (await TenantPages.SetUpAsync(failed)).Location);
        Assert.DoesNotContain("Elephant-1", await File.ReadAllTextAsync(Path.Combine(running.Data, "tenants.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("Elephant-1", running.Host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Mouse-1", running.Host.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task A_setup_that_fails_at_its_end_leaves_nothing_behind(string provider)
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var database = provider == "Postgres" ? TenantPages.Postgres(await postgreSql.Server.CreateDatabaseAsync(), schema: "half") : null;
        var failed = await TenantPages.SetUpAsync(await TenantPages.CreateAsync(admin, name, database), running.AnonymousBrowser(), new() { ["Password"] = "too weak", ["PasswordConfirmation"] = "too weak" });

        Assert.Contains("Passwords must have at least one digit", failed.TextOf("[data-valmsg-for='Password']"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(running.Data, "Sites", name, "OrchardCore.db")));

        if (database is not null)
        {
            Assert.Empty(await PostgreSqlServer.QueryAsync(database["ConnectionString"]!, "SELECT tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"));
        }

        Assert.Equal($"/{name}/", (await TenantPages.SetUpAsync(failed)).Location);
        using var boss = running.AnonymousBrowser();
        await boss.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + name);
    }

    [Theory]
    [InlineData("SiteName", "", "Enter the name of the site")]
    [InlineData("SiteTimeZone", "Mars/Olympus", "Unknown time zone.")]
    [InlineData("UserName", "", "Enter the user name")]
    [InlineData("UserName", "no\u200bblanks", "invisible or only look like others")]
    [InlineData("Email", "nobody", "Enter an email address")]
    [InlineData("Password", "", "Enter a password.")]
    [InlineData("PasswordConfirmation", "other", "The passwords don't match.")]
    public async Task An_invalid_setup_value_is_reported_at_its_field(string field, string value, string message)
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        var failed = await TenantPages.SetUpAsync(await TenantPages.CreateAsync(admin, name), running.AnonymousBrowser(), new() { [field] = value });

        Assert.Equal(HttpStatusCode.OK, failed.Status);
        Assert.Contains(message, failed.TextOf($"[data-valmsg-for='{field}']"), StringComparison.Ordinal);
        Assert.Equal(field == "Password" ? "Enter a password." : "Enter this again. It isn't kept when the form is shown again.", failed.TextOf("[data-valmsg-for='Password']"));
        Assert.Equal("Not set up", await TenantPages.GetStateAsync(admin, name));
    }

    [Fact]
    public async Task A_tenant_can_only_be_set_up_with_its_link()
    {
        using var admin = await running.SignInAsAdminAsync();
        var (name, other) = (TenantPages.UniqueName(), TenantPages.UniqueName());
        var link = (await TenantPages.CreateAsync(admin, name)).Location!;
        var otherLink = (await TenantPages.CreateAsync(admin, other)).Location!;
        using var visitor = running.AnonymousBrowser();

        foreach (var url in new[] { $"/{name}", $"/{name}?token=nonsense", $"/{name}?{otherLink.Split('?')[1]}" })
        {
            var refused = await visitor.GetAsync(url);
            Assert.Equal(HttpStatusCode.NotFound, refused.Status);
            Assert.Contains("you need a setup link, which is valid for one day", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/{name}/Admin")).Status);
        var form = await visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, (await TenantPages.SetUpAsync(form, new() { ["Secret"] = "nonsense" })).Status);
        Assert.Equal($"/{name}/", (await TenantPages.SetUpAsync(form)).Location);

        // A tenant can be set up only once.
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(link)).Status);
    }

    [Fact]
    public async Task A_new_setup_link_can_be_created_from_the_list()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        await TenantPages.CreateAsync(admin, name, new() { ["action"] = "create" });
        var link = await TenantPages.PressAsync(admin, "Setup", name);

        Assert.StartsWith($"/{name}?token=", link.Location, StringComparison.Ordinal);
        Assert.Equal("Set up this site", (await running.AnonymousBrowser().GetAsync(link.Location!)).Title);
    }

    [Fact]
    public async Task The_address_of_a_tenant_can_be_changed_while_it_runs()
    {
        using var admin = await running.SignInAsAdminAsync();
        var (name, moved) = (TenantPages.UniqueName(), TenantPages.UniqueName());
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name);
        var edit = await admin.GetAsync($"{TenantPages.List}/Edit/{name}");
        Assert.DoesNotContain("DatabaseProvider", edit.Text, StringComparison.Ordinal);
        var saved = await edit.SubmitAsync(new() { ["RequestUrlPrefix"] = moved, ["Description"] = "Moved <b>house</b>" });

        Assert.Contains($"The tenant {name} was saved.", (await saved.FollowAsync()).Messages);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/{name}/Login")).Status);
        await boss.SignInAsync(TenantPages.Administrator, TenantPages.Password, "/" + moved);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync($"/{moved}/Admin/OutgoingMail")).Status);
        Assert.Contains("Moved <b>house</b>", (await admin.GetAsync($"{TenantPages.List}?search=HOUSE")).TextOf(".ta-row"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_tenant_cannot_be_disabled_or_removed()
    {
        using var admin = await running.SignInAsAdminAsync();
        var page = await admin.GetAsync(TenantPages.List);
        Assert.DoesNotContain($"{TenantPages.List}/Disable/Default", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{TenantPages.List}/Remove/Default", page.Text, StringComparison.Ordinal);

        var form = (await admin.GetAsync(TenantPages.New)).Fields();
        var refused = await (await admin.PostAsync($"{TenantPages.List}/Disable/Default", form)).FollowAsync();
        Assert.Contains("The tenant Default can't be disabled because it is the default tenant or isn't running.", refused.Messages);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{TenantPages.List}/Remove/Default")).Status);
        form["Confirmation"] = "Default";
        var kept = await admin.PostAsync($"{TenantPages.List}/Remove/Default", form);
        Assert.Contains("The tenant is running or being set up.", kept.TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenants_are_managed_only_in_the_default_tenant_and_only_with_the_permission()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name);
        using var manager = await running.SignInAsync("manager");
        var form = (await manager.GetAsync("/Admin/OutgoingMail/Create/Mail")).Fields();

        foreach (var url in new[] { "", "/Create", $"/Edit/{name}", $"/Remove/{name}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/{name}{TenantPages.List}{url}")).Status);
            Assert.StartsWith("/Error/403", (await manager.GetAsync(TenantPages.List + url)).Location, StringComparison.Ordinal);
            Assert.StartsWith("/Login?ReturnUrl=", (await running.AnonymousBrowser().GetAsync(TenantPages.List + url)).Location, StringComparison.Ordinal);
        }

        foreach (var url in new[] { "/Create", $"/Edit/{name}", $"/Remove/{name}", $"/Setup/{name}", $"/Enable/{name}", $"/Disable/{name}", $"/Reload/{name}" })
        {
            Assert.StartsWith("/Error/403", (await manager.PostAsync(TenantPages.List + url, form)).Location, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync(TenantPages.List + url, [])).Status);
        }

        Assert.Equal("Running", await TenantPages.GetStateAsync(admin, name));
        Assert.DoesNotContain("Tenants", (await boss.GetAsync($"/{name}/Admin")).TextOf(".ta-menu"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_creates_roles_and_users()
    {
        using var admin = await running.SignInAsAdminAsync();
        var name = TenantPages.UniqueName();
        using var boss = await TenantPages.CreateRunningTenantAsync(admin, running.Address, name, new() { ["RecipeName"] = "Staffed" });
        using var reader = running.AnonymousBrowser();
        await reader.SignInAsync("reader", "Password-1", "/" + name);

        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"/{name}/Admin/OutgoingMail")).Status);
        Assert.StartsWith($"/{name}/Error/403", (await reader.GetAsync($"/{name}/Admin/OutgoingMail/Create/Mail")).Location, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.AnonymousBrowser().SignInAsync("away", "Password-1", "/" + name));
        Assert.Contains("Reads", (await boss.GetAsync($"/{name}/Admin/Roles/Index")).TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tenant_is_not_found()
    {
        using var admin = await running.SignInAsAdminAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{TenantPages.List}/Edit/nobody")).Status);
        await TenantPages.CreateAsync(admin, TenantPages.UniqueName());
        Assert.NotEmpty((await admin.GetAsync($"{TenantPages.List}?search=not+set+up")).TextsOf(".ta-row"));
        Assert.Contains("No tenant matches “nobody”.", (await admin.GetAsync($"{TenantPages.List}?search=nobody")).TextOf("main"), StringComparison.Ordinal);
    }

    private async Task<JsonObject> TenantsFileAsync() => JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(running.Data, "tenants.json")))!.AsObject();
}
