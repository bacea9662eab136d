namespace Horilla.TestHost;

/// <summary>A document of a module that sends mail.</summary>
public sealed class Note
{
    public string Text { get; set; } = "";
}
