// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.taffrail.jms.TaffrailDestination;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sends messages; each is confirmed before the next. */
@Command(
        name = "send",
        description =
                "Sends a message, or as many as there are lines; it ends when they are durable.")
final class MessageSend extends MessageAction {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BODY",
            description = "The body; without it, it is read from standard input.")
    private String argument;

    @Mixin private BodyArguments body;

    @Option(
            names = "--property",
            paramLabel = "NAME[:TYPE]=VALUE",
            description =
                    "A property; a text, or of the type string, int, long, short, byte, double, float"
                            + " or boolean.")
    private List<String> properties = new ArrayList<>();

    @Option(
            names = "--priority",
            paramLabel = "N",
            description = "From 0 to 9; ${DEFAULT-VALUE} if not said otherwise.",
            defaultValue = "4",
            converter = NumberRange.Priority.class)
    private long priority;

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            description = "Expires after that long, as in 10s; never if not said.",
            defaultValue = "0",
            converter = NumberRange.Duration.class)
    private long ttlMs;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            description = "Is delivered after that long, and not before.",
            defaultValue = "0",
            converter = NumberRange.Duration.class)
    private long delayMs;

    @Option(names = "--correlation-id", paramLabel = "ID", description = "JMSCorrelationID.")
    private String correlationId;

    @Option(
            names = "--reply-to",
            paramLabel = "KIND:NAME",
            description = "JMSReplyTo, queue:NAME or topic:NAME.")
    private String replyTo;

    @Option(names = "--type", paramLabel = "TYPE", description = "JMSType.")
    private String type;

    @Option(
            names = "--group",
            paramLabel = "ID",
            description = "JMSXGroupID: those of one group go to one consumer.")
    private String group;

    @Option(
            names = "--non-persistent",
            description = "The message may be lost with the broker's process.")
    private boolean nonPersistent;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Sends each message so many times.",
            defaultValue = "1",
            converter = NumberRange.Limit.class)
    private long count;

    @Option(
            names = "--transacted",
            description = "Sends all in one transaction: all are there, or none.")
    private boolean transacted;

    @Override
    void check(TaffrailDestination of) {
        body.check(argument);
        properties.forEach(property -> TypedValue.parse("--property", property));
        if (replyTo != null) {
            new DestinationText().convert(replyTo);
        }
    }

    @Override
    int act(Connection connection, TaffrailDestination of) throws JMSException, IOException {
        if (body.isFromInput() && entry().hasConsole()) {
            note("the body comes from standard input; end it with Ctrl-D");
        }
        try (Session session = connection.createSession(transacted, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(of)) {
            producer.setPriority((int) priority);
            producer.setTimeToLive(ttlMs);
            producer.setDeliveryDelay(delayMs);
            producer.setDeliveryMode(
                    nonPersistent ? DeliveryMode.NON_PERSISTENT : DeliveryMode.PERSISTENT);
            return send(session, producer, of);
        }
    }

    private int send(Session session, MessageProducer producer, TaffrailDestination of)
            throws JMSException, IOException {
        long[] sent = {0};
        String[] last = {null};
        try {
            body.each(
                    session,
                    entry().input(),
                    message -> {
                        addHeaders(message);
                        for (long i = 0; i < count; i++) {
                            producer.send(message);
                            sent[0]++;
                            last[0] = message.getJMSMessageID();
                        }
                    });
            if (transacted) {
                session.commit();
            }
        } catch (JMSException | WireException e) {
            if (transacted || sent[0] == 0) {
                throw e;
            }
            return complain(e.getMessage() + "; sent before it: " + count(sent[0]));
        }
        if (json()) {
            Json report = Json.object().put("sent", sent[0]);
            out().println(report.put("lastMessageId", last[0]).toString());
        } else {
            out().println(
                            count(sent[0])
                                    + " sent to "
                                    + (of.kind().isQueue() ? "queue " : "topic ")
                                    + Table.plain(of.name())
                                    + (sent[0] == 1 ? ", " + last[0] : ""));
        }
        return 0;
    }

    private void addHeaders(Message message) throws JMSException {
        message.setJMSCorrelationID(correlationId);
        message.setJMSType(type);
        if (replyTo != null) {
            message.setJMSReplyTo(new DestinationText().convert(replyTo));
        }
        if (group != null) {
            message.setStringProperty("JMSXGroupID", group);
        }
        for (String property : properties) {
            TypedValue typed = TypedValue.parse("--property", property);
            try {
                message.setObjectProperty(typed.name(), typed.value());
            } catch (IllegalArgumentException | JMSException e) {
                throw TypedValue.refused("--property", property, e.getMessage());
            }
        }
    }
}
