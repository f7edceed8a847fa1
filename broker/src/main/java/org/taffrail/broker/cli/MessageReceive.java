// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailDestination;
import org.taffrail.jms.TaffrailTopic;
import org.taffrail.jms.message.TaffrailMessage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes messages: each is shown first and then acknowledged, so that none is lost on the way to
 * whatever reads standard output.
 */
@Command(
        name = "receive",
        description =
                "Takes messages and shows them; status 1 if fewer came than were asked for; with"
                        + " --json an object a line.")
final class MessageReceive extends MessageAction {
    /** When messages are gone from the queue or subscription. */
    enum Ack {
        client,
        transacted
    }

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "So many; ${DEFAULT-VALUE} if not said otherwise.",
            defaultValue = "1",
            converter = NumberRange.Limit.class)
    private long count;

    @Option(names = "--all", description = "As many as come, until none does for --timeout.")
    private boolean all;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description =
                    "How long to wait for each, as in 500ms; 0 takes only what is there;"
                            + " ${DEFAULT-VALUE} if not said otherwise.",
            defaultValue = "5s",
            converter = NumberRange.Duration.class)
    private long timeoutMs;

    @Option(names = "--wait", description = "Waits for each as long as it takes.")
    private boolean waits;

    @Option(
            names = "--selector",
            paramLabel = "SELECTOR",
            description = "Only messages that it selects.")
    private String selector;

    @Option(
            names = "--ack",
            paramLabel = "client|transacted",
            description =
                    "client: each is taken when it was shown; transacted: all are, at the end, or"
                            + " none. ${DEFAULT-VALUE} if not said otherwise.",
            defaultValue = "client")
    private Ack ack;

    @Option(
            names = "--subscription",
            paramLabel = "NAME",
            description = "Of a topic: from this durable subscription, which is made by that.")
    private String subscription;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "The client id that the subscription belongs to.")
    private String clientId;

    @Option(
            names = "--shared",
            description = "The subscription is shared; then it needs no client id.")
    private boolean shared;

    @Option(
            names = "--body-only",
            description = "Shows nothing but bodies, unchanged, each followed by a line end.")
    private boolean bodyOnly;

    @Option(names = "--full", description = "Shows bodies to their end, however long.")
    private boolean full;

    @Override
    void check(TaffrailDestination of) {
        refuseUnless(
                subscription == null || of instanceof TaffrailTopic,
                "--subscription is for topics: a queue has none");
        refuseUnless(subscription != null || !shared, "--shared needs the --subscription");
        refuseUnless(
                subscription == null || shared || clientId != null,
                "the subscription belongs to a client id: add --client-id, or --shared");
        refuseUnless(
                !bodyOnly || !json() && !full, "--body-only is neither --json nor needs --full");
        refuseUnless(!all || !waits, "--all ends where none comes, and --wait never does");
    }

    @Override
    void configure(TaffrailConnectionFactory factory) {
        if (clientId != null) {
            factory.setClientID(clientId);
        }
        if (count == 1 && !all) {
            // what is not asked for stays for others
            factory.setPrefetch(0);
        }
    }

    @Override
    int act(Connection connection, TaffrailDestination of) throws JMSException {
        boolean transacted = ack == Ack.transacted;
        try (Session session = connection.createSession(transacted, Session.CLIENT_ACKNOWLEDGE);
                MessageConsumer consumer = consumer(session, of)) {
            connection.start();
            long taken = 0;
            Message next = null;
            do {
                next = all || taken < count ? next(consumer) : null;
                if (next != null) {
                    show((TaffrailMessage) next);
                    if (out().checkError()) {
                        return complain("standard output is closed; what was not shown stays");
                    }
                    if (!transacted) {
                        next.acknowledge();
                    }
                    taken++;
                }
            } while (next != null);
            if (transacted) {
                session.commit();
            }
            return all || taken == count ? 0 : complain(fewer(taken));
        }
    }

    private MessageConsumer consumer(Session session, TaffrailDestination of) throws JMSException {
        if (subscription == null) {
            return session.createConsumer(of, selector);
        }
        TaffrailTopic topic = (TaffrailTopic) of;
        return shared
                ? session.createSharedDurableConsumer(topic, subscription, selector)
                : session.createDurableConsumer(topic, subscription, selector, false);
    }

    private Message next(MessageConsumer consumer) throws JMSException {
        if (waits) {
            return consumer.receive();
        }
        return timeoutMs == 0 ? consumer.receiveNoWait() : consumer.receive(timeoutMs);
    }

    private void show(TaffrailMessage message) {
        MessageLines lines = new MessageLines(message.delivery(), full);
        if (bodyOnly) {
            out().println(lines.bodyAlone());
        } else {
            out().println(json() ? lines.json() : lines.text());
        }
    }

    private String fewer(long taken) {
        String there = timeoutMs == 0 ? " there" : " came within " + timeoutMs + " ms";
        if (taken == 0) {
            return "no message" + (timeoutMs == 0 ? " is" : "") + there;
        }
        return "only " + taken + " of " + count(count) + (timeoutMs == 0 ? " are" : "") + there;
    }
}
