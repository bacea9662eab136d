using OrchardCore.Environment.Shell;

namespace Horilla.Platform.Setup;

/// <summary>Creates the tokens of setup links.</summary>
public interface ISetupTokenProvider
{
    /// <summary>Creates a token that allows its owner to set up a tenant within a day.</summary>
    string Create(ShellSettings settings);
}
