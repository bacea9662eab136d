namespace Horilla.TestHost.ServerTypes;

public class OddViewModel
{
    public string? Server { get; set; }

    public string? Username { get; set; }

    public string? Key { get; set; }

    public bool RemoveKey { get; set; }
}
