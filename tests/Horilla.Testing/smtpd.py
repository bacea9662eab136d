"""An SMTP server of the tests, by aiosmtpd: it keeps what it accepts as files."""
import argparse
import asyncio
import base64
import pathlib
import ssl
import uuid

from aiosmtpd.smtp import SMTP, AuthResult

arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--mode", choices=("starttls", "tls", "clear"), required=True)
arguments.add_argument("--certificate", required=True)
arguments.add_argument("--key", required=True)
arguments.add_argument("--outbox", type=pathlib.Path, required=True)
arguments.add_argument("--user", required=True)
arguments.add_argument("--password", required=True)
arguments.add_argument("--refuse-data", help="the answer to every message")
arguments.add_argument("--refuse-sender", help="the answer to every sender")
arguments.add_argument("--refuse-recipient", help="the answer to every recipient")
arguments.add_argument("--drop-on-reset", action="store_true", help="breaks the connection in place of an answer to RSET")
arguments.add_argument("--smtputf8", action="store_true", help="takes addresses beyond ASCII")
arguments.add_argument("--scram", action="store_true", help="offers SCRAM-SHA-256 too, and refuses whatever is tried by it")
arguments.add_argument("--on-quit", choices=("hang", "drop"), help="instead of an answer to QUIT")
arguments.add_argument("--hold", type=pathlib.Path, help="answers no message before this file is there")
options = arguments.parse_args()


class Handler:
    async def handle_QUIT(self, server, session, envelope):
        if options.on_quit == "hang":
            await asyncio.sleep(3600)
        if options.on_quit == "drop":
            server.transport.abort()
        return "221 Bye"

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if options.refuse_sender:
            return options.refuse_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if options.refuse_recipient:
            return options.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_RSET(self, server, session, envelope):
        if options.drop_on_reset:
            server.transport.abort()
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if options.refuse_data:
            return options.refuse_data
        if options.hold:
            print("holding", flush=True)
            while not options.hold.exists():
                await asyncio.sleep(0.05)
        name = uuid.uuid4().hex
        # Moved into place, so that nobody reads half a mail.
        draft = options.outbox / (name + ".new")
        sender = f"X-Envelope-From: {envelope.mail_from}\r\n".encode()
        recipients = f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        draft.write_bytes(sender + recipients + envelope.original_content)
        draft.rename(options.outbox / (name + ".eml"))
        return "250 2.0.0 OK queued as " + name[:8]


class ScramHandler(Handler):
    async def auth_SCRAM__SHA__256(self, server, args):
        nonce = base64.b64decode(args[1]).decode().split(",r=")[1]
        await server.challenge_auth(f"r={nonce}tests,s={base64.b64encode(b'salt').decode()},i=4096")
        return AuthResult(success=False, handled=False)


def authenticate(server, session, envelope, mechanism, data):
    right = data.login.decode() == options.user and data.password.decode() == options.password
    return AuthResult(success=right, handled=False)


def protocol():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(options.certificate, options.key)
    return SMTP(
        ScramHandler() if options.scram else Handler(),
        hostname="localhost",
        tls_context=context if options.mode == "starttls" else None,
        require_starttls=options.mode == "starttls",
        authenticator=authenticate,
        enable_SMTPUTF8=options.smtputf8,
        auth_required=True,
        auth_require_tls=options.mode == "starttls",
    )


async def main():
    context = None
    if options.mode == "tls":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", options.port, ssl=context)
    await server.serve_forever()


asyncio.run(main())
