// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import picocli.CommandLine.Command;

/** Messages from and for the command line. */
@Command(
        name = "message",
        description = "Sends messages, and receives them, as an application does.",
        subcommands = {MessageSend.class, MessageReceive.class})
final class MessageCommand extends ManageCommand {
    MessageCommand(PasswordEntry entry) {
        super(entry);
    }
}
