using System.Text.RegularExpressions;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Finds where a long name may be broken into lines, so that addresses aren't broken in the middle of a word.</summary>
public static partial class LineBreakOpportunities
{
    /// <summary>Returns the parts of a name, each of which may begin a line: a domain begins with its @, a label with its dot.</summary>
    public static string[] Split(string name) => Boundary().Split(name);

    [GeneratedRegex("(?<=.)(?=[@.])", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Boundary();
}
