"""An SMTP server for tests, based on aiosmtpd. It stores the messages that it accepts as files."""
import argparse
import asyncio
import base64
import pathlib
import ssl
import uuid
from email import message_from_bytes

from aiosmtpd.smtp import SMTP, AuthResult

arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--mode", choices=("starttls", "tls", "clear"), required=True)
arguments.add_argument("--certificate", required=True)
arguments.add_argument("--key", required=True)
arguments.add_argument("--outbox", type=pathlib.Path, required=True)
arguments.add_argument("--user", required=True)
arguments.add_argument("--password", required=True)
arguments.add_argument("--refuse-data", help="the reply to every message")
arguments.add_argument("--refuse-sender", help="the reply to every sender")
arguments.add_argument("--refuse-recipient", help="the reply to every recipient")
arguments.add_argument("--drop-on-reset", action="store_true", help="drops the connection instead of replying to RSET")
arguments.add_argument("--smtputf8", action="store_true", help="accepts non-ASCII addresses")
arguments.add_argument("--scram", action="store_true", help="also offers SCRAM-SHA-256, and rejects every sign-in with it")
arguments.add_argument("--on-quit", choices=("hang", "drop"), help="what to do instead of replying to QUIT")
arguments.add_argument("--hold", type=pathlib.Path, help="replies to no message before this file exists")
arguments.add_argument("--most-connections", type=int, help="the maximum number of connections at a time")
arguments.add_argument("--messages-per-connection", type=int, help="replies 421 to the next message after this number")
arguments.add_argument("--drop-on-mail", type=int, help="drops the connection instead of replying to MAIL, after it accepted this number of messages")
arguments.add_argument("--drop-on-data", type=int, help="the same instead of replying to DATA")
arguments.add_argument("--drop-on-content", type=int, help="the same instead of replying to the content of the next message, which is stored")
arguments.add_argument("--hang-when-asked", action="store_true", help="never replies to NOOP")
arguments.add_argument("--hang-on-mail", type=int, help="never replies to MAIL, after it accepted this number of messages on a connection")
arguments.add_argument("--ledger", type=pathlib.Path, help="writes the subjects of accepted messages to this file and stores no messages")
options = arguments.parse_args()


def reached(limit, count):
    return limit is not None and count >= limit


class Server(SMTP):
    """Prints what happens to its connections, and misbehaves on request."""

    admitted = set()
    taken = 0
    has_greeted = False

    def connection_lost(self, error):
        Server.admitted.discard(self)
        super().connection_lost(error)

    async def _handle_client(self):
        if reached(options.most_connections, len(Server.admitted)):
            await self.leave("421 4.7.0 Too many connections from your address")
            return
        Server.admitted.add(self)
        await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        # A client that only checks whether the port is open sends no EHLO.
        if not self.has_greeted:
            self.has_greeted = True
            print("connected", flush=True)
        await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg):
        if reached(options.messages_per_connection, self.taken):
            await self.leave("421 4.7.0 Too many messages on this connection")
        elif reached(options.drop_on_mail, self.taken):
            self.transport.abort()
        elif reached(options.hang_on_mail, self.taken):
            await asyncio.sleep(3600)
        else:
            await super().smtp_MAIL(arg)

    async def smtp_DATA(self, arg):
        if reached(options.drop_on_data, self.taken):
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)

    async def smtp_NOOP(self, arg):
        print("asked", flush=True)
        if options.hang_when_asked:
            await asyncio.sleep(3600)
        await super().smtp_NOOP(arg)

    async def leave(self, answer):
        await self.push(answer)
        self.transport.close()


class Handler:
    async def handle_QUIT(self, server, session, envelope):
        print("quit", flush=True)
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
        server.taken += 1
        name = uuid.uuid4().hex
        if options.ledger:
            with options.ledger.open("a") as ledger:
                ledger.write(message_from_bytes(envelope.original_content)["Subject"] + "\n")
        else:
            self.keep(envelope, name)
        print("took", flush=True)
        if reached(options.drop_on_content, server.taken - 1):
            server.transport.abort()
        return "250 2.0.0 OK queued as " + name[:8]

    def keep(self, envelope, name):
        # Renamed when complete, so that nothing reads half a message.
        draft = options.outbox / (name + ".new")
        sender = f"X-Envelope-From: {envelope.mail_from}\r\n".encode()
        recipients = f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        draft.write_bytes(sender + recipients + envelope.original_content)
        draft.rename(options.outbox / (name + ".eml"))


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
    return Server(
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
