using OrchardCore.Environment.Shell.Models;

namespace OrchardCore.Environment.Shell;

public static class ShellSettingsExtensions
{
    public static bool IsDefaultShell(this ShellSettings settings) => settings.Name == ShellSettings.DefaultShellName;

    public static bool IsRunning(this ShellSettings settings) => settings.State == TenantState.Running;

    public static bool IsDisabled(this ShellSettings settings) => settings.State == TenantState.Disabled;

    public static bool IsUninitialized(this ShellSettings settings) => settings.State == TenantState.Uninitialized;

    public static bool IsInitializing(this ShellSettings settings) => settings.State == TenantState.Initializing;
}
