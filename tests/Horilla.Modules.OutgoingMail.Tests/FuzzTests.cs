using System.Globalization;
using System.Net;
using Horilla.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>
/// Whatever a signed-in user with a valid token posts to a form, the response is a page or a redirect. The variable
/// HORILLA_FUZZ_POSTS sets how many posts have to pass antiforgery and routing.
/// </summary>
[Collection(SiteCollection.Name)]
public sealed class FuzzTests(SiteFixture site, ITestOutputHelper output)
{
    private const int Clients = 4;

    private static readonly string[] Texts =
    [
        "", " ", "a", "0", "-1", "1", "25", "587", "65535", "65536", "2147483647", "-2147483648", "9223372036854775808", "1e9", "NaN", "true", "false", "True", "on", "null", "undefined",
        "localhost", "127.0.0.1", "::1", "[::1]", "169.254.169.254", "smtp.example.com", "xn--", "xn--a", "a_b", "..", "%00", "%u0000", "\0", "\r\n", "\u001b[31m", "\u202e", "\u200b", "\ufeff", "\ud800",
        "😀", "ı", "İ", "ß", "e\u0301", "<script>alert(1)</script>", "\"'><img src=x>", "{{7*7}}", "${7*7}", "' OR 1=1 --", "../../etc/passwd", "info@acme.example", "a@b", "@", "a@", "\"a b\"@c.d", "a@[1.2.3.4]",
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize", "https://graph.microsoft.com/v1.0", "http://x", "javascript:alert(1)", "0b1e9c1e-5d3a-4c0e-9b7b-2f6f5c1d2e3f", "common", "global", "gmail",
        "{\"a\":1}", "[1,2", "<?xml version=\"1.0\"?>", "Etc/UTC", "Europe/Berlin", "00000000000000000000000000",
    ];

    [Fact]
    public async Task No_post_causes_a_server_error()
    {
        var wanted = int.Parse(Environment.GetEnvironmentVariable("HORILLA_FUZZ_POSTS") ?? "2000", CultureInfo.InvariantCulture);
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(FreePort.Next())), ("TimeoutSeconds", "1"));
        var (outlook, _) = await OutlookServerPages.CreateAsync(site, admin);
        var settings = await admin.GetAsync("/Admin/Settings/general");
        WebPage[] forms =
        [
            await admin.GetAsync(MailServerPages.New), await admin.GetAsync(OutlookServerPages.New), await admin.GetAsync(MailServerPages.Edit(id)), await admin.GetAsync(MailServerPages.Edit(outlook)), await admin.GetAsync(MailServerPages.Test(id)),
            await admin.GetAsync("/Admin/Users/Create"), await admin.GetAsync("/Admin/Roles/Create"), settings, await admin.GetAsync("/Admin/Tenants/Create"),
        ];
        var results = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => PostAsync(forms, seed: client, wanted / Clients)));
        output.WriteLine($"{results.Sum(result => result.Passed)} of {results.Sum(result => result.Posts)} posts passed antiforgery and routing.");

        // Other tests read the name of the site.
        Assert.Equal(HttpStatusCode.Redirect, (await settings.SubmitAsync()).Status);
        var errors = string.Join('\n', results.SelectMany(result => result.Errors));
        Assert.True(errors.Length == 0, $"{errors}\n{string.Join('\n', site.Host.Log.Split('\n').Where(line => line.Contains("Exception", StringComparison.Ordinal)).TakeLast(8))}");
    }

    private static async Task<(int Posts, int Passed, List<string> Errors)> PostAsync(WebPage[] forms, int seed, int wanted)
    {
        // A fixed seed makes failures reproducible.
        var random = new Random(seed);
        var errors = new List<string>();
        var (posts, passed) = (0, 0);

        while (passed < wanted && errors.Count < 5)
        {
            var form = forms[random.Next(forms.Length)];
            var fields = form.Fields();
            var changes = new Dictionary<string, string?>();

            foreach (var name in fields.Keys.Where(name => !name.StartsWith("__", StringComparison.Ordinal) && random.Next(3) == 0))
            {
                changes[name] = Value(random);
            }

            if (random.Next(5) == 0)
            {
                changes[$"OutgoingMailConfiguration.{Value(random)}"] = Value(random);
            }

            // The created objects don't have to work, and no working ones may be changed.
            var answer = await form.SubmitAsync(changes);
            posts++;
            passed += answer.Status is HttpStatusCode.OK or HttpStatusCode.Redirect ? 1 : 0;

            if ((int)answer.Status >= 500)
            {
                errors.Add($"{answer.Status} of {form.Url}: {System.Text.Json.JsonSerializer.Serialize(changes)}");
            }
        }

        return (posts, passed, errors);
    }

    private static string Value(Random random) => random.Next(6) switch
    {
        0 => string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(1, 0x2100))),
        1 => new string(Texts[random.Next(Texts.Length)].FirstOrDefault('x'), random.Next(5000)),
        2 => Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)],
        _ => Texts[random.Next(Texts.Length)],
    };
}
