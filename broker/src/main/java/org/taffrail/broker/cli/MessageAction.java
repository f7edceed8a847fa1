// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailDestination;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * What a command does as an application: needs no manager's permission, and makes a destination
 * that is not there as any use of it does. Standard output has nothing but data.
 */
abstract class MessageAction implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private MessageCommand parent;
    @Mixin private BrokerArguments arguments;

    @Parameters(
            index = "0",
            paramLabel = "KIND:NAME",
            description = "queue:NAME or topic:NAME; destination options may follow a ?.")
    private String destination;

    @Override
    public final Integer call() throws JMSException, IOException {
        TaffrailDestination of = new DestinationText().convert(destination);
        check(of);
        TaffrailConnectionFactory factory = arguments.factory(parent.entry());
        configure(factory);
        try (Connection connection = factory.createConnection()) {
            return act(connection, of);
        } finally {
            out().flush();
        }
    }

    /** Checks what was typed, before anybody is asked. */
    abstract void check(TaffrailDestination of);

    /** Sets what connections are to be like. */
    void configure(TaffrailConnectionFactory factory) {}

    /** Does it; returns the status. */
    abstract int act(Connection connection, TaffrailDestination of)
            throws JMSException, IOException;

    final PasswordEntry entry() {
        return parent.entry();
    }

    final boolean json() {
        return arguments.json();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Says why something was not done as asked; returns the status of that. */
    final int complain(String line) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + line);
        return Main.FAILED;
    }

    /** Says something that is no data, and no reason to fail. */
    final void note(String line) {
        spec.commandLine().getErr().println(line);
    }

    static void refuseUnless(boolean holds, String otherwise) {
        if (!holds) {
            throw new WireException(ErrorCode.INVALID_OPTION, otherwise);
        }
    }

    static String count(long messages) {
        return messages + (messages == 1 ? " message" : " messages");
    }
}
