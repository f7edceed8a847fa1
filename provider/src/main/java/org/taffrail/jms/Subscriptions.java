// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.Destination;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.frame.ClientFrame.Source;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

/**
 * Makes the consumers of one session: on queues, and on the four kinds of subscription to a topic
 * (Jakarta Messaging 8.3); and the browsers of queues. Checks what can be known here, the broker
 * checks the rest.
 */
final class Subscriptions {
    private final SessionCore session;

    Subscriptions(SessionCore session) {
        this.session = session;
    }

    /** What an application asks for. */
    private record Wish(
            Source source,
            TaffrailDestination destination,
            String subscription,
            String selector,
            boolean noLocal) {}

    /**
     * Makes a consumer of a queue, or of a topic with an unshared subscription that ends with it.
     *
     * @throws InvalidDestinationException if the destination is null or refused
     * @throws InvalidSelectorException if the selector does not follow the grammar
     */
    ConsumerCore consumer(Destination destination, String selector, boolean noLocal)
            throws JMSException {
        TaffrailDestination ours = TaffrailDestination.of(destination);
        boolean queue = ours.kind().isQueue();
        boolean side = queue && ours.options().containsKey(ConsumerOptions.START);
        return attach(
                new Wish(
                        side ? Source.SIDE : queue ? Source.QUEUE : Source.TOPIC,
                        ours,
                        null,
                        selector,
                        noLocal && !queue));
    }

    /**
     * Makes a browser of a queue.
     *
     * @throws InvalidDestinationException if the queue is null, no queue, or refused
     * @throws InvalidSelectorException if the selector does not follow the grammar
     */
    TaffrailQueueBrowser browser(Queue queue, String selector) throws JMSException {
        TaffrailDestination ours = TaffrailDestination.of(queue);
        if (!ours.kind().isQueue()) {
            throw new InvalidDestinationException(ours + " is not a queue");
        }
        ConsumerOptions options = ConsumerOptions.of(ours, session.connection().options());
        return new TaffrailQueueBrowser(session, ours, checked(selector), options);
    }

    /** Makes a consumer of a shared subscription that ends with its last consumer. */
    ConsumerCore shared(Topic topic, String name, String selector) throws JMSException {
        return attach(new Wish(Source.SHARED, topic(topic), named(name), selector, false));
    }

    /** Makes a consumer of a shared subscription that lasts. */
    ConsumerCore sharedDurable(Topic topic, String name, String selector) throws JMSException {
        return attach(
                new Wish(Source.SHARED_DURABLE, lasting(topic), named(name), selector, false));
    }

    /**
     * Makes the consumer of an unshared subscription that lasts.
     *
     * @throws IllegalStateException if the connection has no client id
     */
    ConsumerCore durable(Topic topic, String name, String selector, boolean noLocal)
            throws JMSException {
        TaffrailDestination ours = lasting(topic);
        if (session.connection().clientId() == null) {
            throw new IllegalStateException(
                    "an unshared durable subscription needs a client id: set it on the connection",
                    ErrorCode.CLIENT_ID_NEEDED.name());
        }
        return attach(new Wish(Source.DURABLE, ours, named(name), selector, noLocal));
    }

    /**
     * Ends a subscription that lasts.
     *
     * @throws InvalidDestinationException if there is none of this name
     */
    void unsubscribe(String name) throws JMSException {
        if (name == null || name.isEmpty()) {
            throw new InvalidDestinationException("a subscription has a name");
        }
        session.replies().await(session.connection().unsubscribe(name));
    }

    private ConsumerCore attach(Wish wish) throws JMSException {
        ConsumerOptions options =
                ConsumerOptions.of(wish.destination, session.connection().options());
        Link.ConsumerSpec spec =
                new Link.ConsumerSpec(
                        session.connection().newConsumerId(),
                        wish.source,
                        wish.destination.kind(),
                        wish.destination.name(),
                        wish.subscription,
                        checked(wish.selector),
                        wish.noLocal,
                        options.start(),
                        options.exclusive(),
                        options.position());
        ConsumerCore consumer =
                new ConsumerCore(
                        session,
                        wish.destination,
                        spec,
                        new CreditWindow(options.prefetchMessages(), options.prefetchBytes()));
        session.attach(consumer);
        return consumer;
    }

    private static TaffrailDestination topic(Topic topic) throws JMSException {
        TaffrailDestination ours = TaffrailDestination.of(topic);
        if (ours.kind().isQueue()) {
            throw new InvalidDestinationException(ours + " is not a topic");
        }
        return ours;
    }

    private static TaffrailDestination lasting(Topic topic) throws JMSException {
        TaffrailDestination ours = topic(topic);
        if (ours.kind().isTemporary()) {
            throw new InvalidDestinationException(
                    "a durable subscription to " + ours + ", which does not last");
        }
        return ours;
    }

    private static String named(String name) throws JMSException {
        if (name == null || name.isEmpty()) {
            throw new JMSException("a subscription needs a name", ErrorCode.INVALID_NAME.name());
        }
        return name;
    }

    private static String checked(String selector) throws InvalidSelectorException {
        if (selector == null || selector.isBlank()) {
            return null;
        }
        try {
            Selector.parse(selector);
            return selector;
        } catch (SelectorSyntaxException e) {
            throw JmsErrors.caused(
                    new InvalidSelectorException(e.getMessage(), ErrorCode.INVALID_SELECTOR.name()),
                    e);
        }
    }
}
