using Horilla.Testing;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>The page that applies a command to several messages of the log.</summary>
internal static class LogSelectionPages
{
    /// <summary>Returns the address of the page that says what a command will do. More can be appended.</summary>
    public static string Url(string command, IEnumerable<string> ids)
        => $"/Admin/OutgoingMail/Log/Selected/{command}?{string.Concat(ids.Select(id => $"ids={Uri.EscapeDataString(id)}&"))}";

    /// <summary>Confirms the command, with some of the values changed.</summary>
    public static Task<WebPage> SubmitAsync(WebPage page, params (string Name, string Value)[] changes)
    {
        var fields = page.Fields();
        fields.Remove("ids");

        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        var ids = page.Document.QuerySelectorAll("main input[name=ids]").Select(input => KeyValuePair.Create("ids", input.GetAttribute("value")!));

        return page.Browser.PostAsync(page.Document.QuerySelector("main form")!.GetAttribute("action")!, fields.Concat(ids));
    }
}
