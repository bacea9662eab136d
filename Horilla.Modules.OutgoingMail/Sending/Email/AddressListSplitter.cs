namespace Horilla.Modules.OutgoingMail.Sending.Email;

/// <summary>Splits a text into addresses at commas and semicolons, but not at those in quotes, angle brackets or comments (RFC 5322 section 3.4).</summary>
internal static class AddressListSplitter
{
    /// <summary>The addresses, each without blanks around it; empty ones are left out.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        var isQuoted = false;
        var isInBrackets = false;
        var comments = 0;

        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '\\' when isQuoted || comments > 0:
                    index++;
                    break;
                case '"' when comments == 0:
                    isQuoted = !isQuoted;
                    break;
                case '(' when !isQuoted:
                    comments++;
                    break;
                case ')' when !isQuoted && comments > 0:
                    comments--;
                    break;
                case '<' when !isQuoted && comments == 0:
                    isInBrackets = true;
                    break;
                case '>' when !isQuoted && comments == 0:
                    isInBrackets = false;
                    break;
                case ',' or ';' when !isQuoted && !isInBrackets && comments == 0:
                    if (text[start..index].Trim() is { Length: > 0 } address)
                    {
                        yield return address;
                    }

                    start = index + 1;
                    break;
            }
        }

        if (text[Math.Min(start, text.Length)..].Trim() is { Length: > 0 } last)
        {
            yield return last;
        }
    }
}
