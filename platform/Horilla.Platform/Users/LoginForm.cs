using System.ComponentModel.DataAnnotations;
using OrchardCore.Entities;

namespace OrchardCore.Users.Models;

public class LoginForm : Entity
{
    [Required(ErrorMessage = "Enter your user name or email address.")]
    public string UserName { get; set; } = "";

    [Required(ErrorMessage = "Enter your password.")]
    [DataType(DataType.Password)]
    public string Password { get; set; } = "";

    public bool RememberMe { get; set; }
}
