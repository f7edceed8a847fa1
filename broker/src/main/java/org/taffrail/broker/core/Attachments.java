// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.Start;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;
import org.taffrail.wire.selector.Selector;
import org.taffrail.wire.selector.SelectorSyntaxException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides who may consume what: destinations on first use, subscriptions and their rules (Jakarta
 * Messaging 4.11 and 8.3), temporary destinations, credit.
 */
final class Attachments {
    private final Decisions decisions;
    private final Starts starts;

    /** Of what a group is to be made, and where it begins; null for with what is new. */
    private record Begin(Destination destination, Start start) {}

    Attachments(Decisions decisions) {
        this.decisions = decisions;
        starts = new Starts(decisions);
    }

    Starts starts() {
        return starts;
    }

    Destination resolve(DestinationKind kind, String name) {
        Destination found = decisions.state().find(kind, name);
        if (found != null) {
            return found;
        }
        if (kind.isTemporary()
                || Decisions.isTemporaryName(name)
                || !decisions.limits().policies().of(kind, name).createOnUse()) {
            throw new WireException(ErrorCode.NO_SUCH_DESTINATION, kind + " '" + name + "'");
        }
        return create(kind, name);
    }

    /**
     * Finds where a client is to send. Who names a temporary destination was told its name, and may
     * send there from now on, also after it has connected anew.
     */
    Destination reach(Client client, DestinationKind kind, String name) {
        Destination found = resolve(kind, name);
        if (found.kind.isTemporary()) {
            found.reach(client.producer.id);
        }
        return found;
    }

    Destination create(DestinationKind kind, String name) {
        checkName("a destination", name);
        int max = decisions.limits().destinationsMax();
        if (decisions.state().destinations().size() >= max) {
            throw new WireException(
                    ErrorCode.LIMIT_REACHED,
                    "there are "
                            + max
                            + " destinations or more, as many as destinations.max allows: delete"
                            + " some, or raise it");
        }
        return decisions.createDestination(kind, name);
    }

    void checkName(String what, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        int max = decisions.limits().nameBytesMax();
        if (name.isBlank() || bytes > max) {
            throw new WireException(
                    ErrorCode.INVALID_NAME,
                    what + " needs a name of 1 to " + max + " bytes, has " + bytes);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new WireException(
                    ErrorCode.INVALID_NAME, what + "'s name has a control character");
        }
    }

    /**
     * Makes a temporary destination.
     *
     * @param name null for a new one; else the one that it has, or had before the broker's start
     */
    Destination createTemporary(Client client, DestinationKind kind, String name) {
        Producer owner = client.producer;
        if (!kind.isTemporary()) {
            throw new WireException(ErrorCode.WRONG_DESTINATION_KIND, kind + " is not temporary");
        }
        Destination known = name == null ? null : temporary(owner, name);
        if (known != null && known.kind == kind) {
            return known;
        }
        if (known != null || name != null && !isOwn(name, kind, owner)) {
            throw new WireException(ErrorCode.NOT_OWNER_OF_TEMPORARY, name);
        }
        if (owner.temporaries.size() >= decisions.limits().consumersMax()) {
            throw new WireException(
                    ErrorCode.LIMIT_REACHED,
                    "the connection has "
                            + decisions.limits().consumersMax()
                            + " temporary destinations, the most allowed");
        }
        if (client.resumable) {
            // or it could not prove after a start of the broker that the name is its own
            decisions.open(owner);
        }
        Destination destination =
                decisions.createTemporary(
                        kind, name != null ? name : decisions.temporaryName(kind, owner), owner);
        owner.temporaries.add(destination);
        return destination;
    }

    private boolean isOwn(String name, DestinationKind kind, Producer owner) {
        checkName("a temporary destination", name);
        return name.startsWith(Decisions.temporaryPrefix(kind, owner));
    }

    private static Destination temporary(Producer owner, String name) {
        for (Destination destination : owner.temporaries) {
            if (destination.name.equals(name)) {
                return destination;
            }
        }
        return null;
    }

    void deleteTemporary(Client client, String name) {
        Destination destination = temporary(client.producer, name);
        if (destination == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_DESTINATION,
                    "this connection has no temporary destination '" + name + "'");
        }
        if (destination.hasConsumers()) {
            throw new WireException(ErrorCode.DESTINATION_IN_USE, name + " still has consumers");
        }
        client.producer.temporaries.remove(destination);
        endBrowsers(destination);
        decisions.deleteTemporary(destination);
    }

    void attach(Client client, ClientFrame.Attach wish) {
        if (client.consumers.containsKey(wish.consumerId())) {
            throw new WireException(
                    ErrorCode.PROTOCOL_VIOLATION, "consumer " + wish.consumerId() + " exists");
        }
        int max = decisions.limits().consumersMax();
        if (client.consumers.size() >= max) {
            throw new WireException(
                    ErrorCode.LIMIT_REACHED,
                    "the connection has " + max + " consumers, the most allowed");
        }
        boolean browser = wish.source() == ClientFrame.Source.BROWSER;
        if (browser && wish.kind() == DestinationKind.TOPIC) {
            browse(topicBrowser(client, wish));
            return;
        }
        boolean side = wish.source() == ClientFrame.Source.SIDE;
        boolean queue = browser || side || wish.source() == ClientFrame.Source.QUEUE;
        if (wish.kind().isQueue() != queue) {
            throw new WireException(
                    ErrorCode.WRONG_DESTINATION_KIND, wish.source() + " of a " + wish.kind());
        }
        Selector selector = parse(wish.selector());
        QueueBrowser.Behind behind = browser ? QueueBrowser.Behind.of(wish.start()) : null;
        Start start = browser ? null : starts.of(wish);
        if (!queue) {
            checkSubscription(client, wish);
        }
        Destination destination = resolve(wish.kind(), wish.destination());
        if (destination.kind.isTemporary() && destination.owner != client.producer.id) {
            throw new WireException(ErrorCode.NOT_OWNER_OF_TEMPORARY, destination.name);
        }
        if (browser) {
            Browser made =
                    new QueueBrowser(
                            client, wish.consumerId(), destination.queueGroup(), selector, behind);
            made.timed = wish.timed();
            browse(made);
            return;
        }
        boolean owned = queue && !side;
        Group group =
                owned
                        ? destination.queueGroup()
                        : subscription(client, wish, new Begin(destination, start));
        Consumer consumer =
                new Consumer(
                        client,
                        wish.consumerId(),
                        group,
                        owned ? selector : Selector.ALL,
                        wish.exclusive());
        consumer.timed = wish.timed();
        client.consumers.put(consumer.id, consumer);
        group.add(consumer);
    }

    /** Makes a browser of a topic that is there: who only looks makes none. */
    private Browser topicBrowser(Client client, ClientFrame.Attach wish) {
        Selector selector = parse(wish.selector());
        Start start = starts.of(wish);
        Destination topic = decisions.state().find(wish.kind(), wish.destination());
        if (topic == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_DESTINATION, "topic '" + wish.destination() + "'");
        }
        if (topic.kind.isTemporary()) {
            throw new WireException(
                    ErrorCode.NOT_SUPPORTED,
                    topic.name + " is temporary: it belongs to its connection");
        }
        Browser made =
                new TopicBrowser(
                        client,
                        wish.consumerId(),
                        topic.onlookers(decisions.dispatcher()),
                        selector,
                        starts.from(topic, start));
        made.timed = wish.timed();
        return made;
    }

    private static void browse(Browser browser) {
        browser.client.consumers.put(browser.id, browser);
        browser.group.browsers.add(browser);
    }

    private static Selector parse(String text) {
        try {
            return Selector.parse(text);
        } catch (SelectorSyntaxException e) {
            throw new WireException(ErrorCode.INVALID_SELECTOR, e.getMessage());
        }
    }

    private void checkSubscription(Client client, ClientFrame.Attach wish) {
        if (wish.source() == ClientFrame.Source.TOPIC) {
            return;
        }
        checkName("a subscription", Objects.requireNonNullElse(wish.subscription(), ""));
        if (wish.source() == ClientFrame.Source.DURABLE && client.clientId == null) {
            throw new WireException(
                    ErrorCode.CLIENT_ID_NEEDED,
                    "an unshared durable subscription needs a client id");
        }
    }

    private Group subscription(Client client, ClientFrame.Attach wish, Begin begin) {
        Destination destination = begin.destination;
        boolean unnamed =
                wish.source() == ClientFrame.Source.TOPIC
                        || wish.source() == ClientFrame.Source.SIDE;
        if (unnamed) {
            Group group = create(begin, wish, null, client.clientId);
            group.localProducer = client.producer.id;
            return group;
        }
        boolean durable = wish.source() != ClientFrame.Source.SHARED;
        boolean shared = wish.source() != ClientFrame.Source.DURABLE;
        if (durable && destination.kind.isTemporary()) {
            throw new WireException(
                    ErrorCode.NOT_SUPPORTED, "a durable subscription of a temporary topic");
        }
        String name = wish.subscription();
        Group existing = decisions.state().subscription(durable, client.clientId, name);
        if (existing == null) {
            return create(begin, wish, name, client.clientId);
        }
        if (existing.source != wish.source()) {
            throw new WireException(
                    ErrorCode.SUBSCRIPTION_MISMATCH,
                    "'" + name + "' is " + existing.source + ", not " + wish.source());
        }
        boolean same = isSame(existing, wish, destination);
        boolean active = !existing.consumers.isEmpty();
        if (!shared && active) {
            throw new WireException(
                    ErrorCode.SUBSCRIPTION_IN_USE, "'" + name + "' has an active consumer");
        }
        if (same) {
            return existing;
        }
        if (active) {
            throw new WireException(
                    ErrorCode.SUBSCRIPTION_MISMATCH,
                    "'" + name + "' is in use with another topic, selector or noLocal");
        }
        if (begin.start != null) {
            starts.check(destination, begin.start);
        }
        decisions.deleteGroup(existing);
        return create(begin, wish, name, client.clientId);
    }

    /** Makes a group where it is to begin, or nothing if it can't begin there. */
    private Group create(Begin begin, ClientFrame.Attach wish, String name, String clientId) {
        if (begin.start != null) {
            starts.check(begin.destination, begin.start);
        }
        boolean durable =
                wish.source() == ClientFrame.Source.DURABLE
                        || wish.source() == ClientFrame.Source.SHARED_DURABLE;
        Group group = decisions.createGroup(begin.destination, wish, name, clientId, durable);
        if (begin.start != null) {
            starts.begin(group, begin.start);
        }
        return group;
    }

    private static boolean isSame(Group group, ClientFrame.Attach wish, Destination destination) {
        return group.destination == destination
                && group.selector.equals(parse(wish.selector()))
                && group.noLocal == wish.noLocal();
    }

    void unsubscribe(Client client, String name) {
        Group group = decisions.state().subscription(true, client.clientId, name);
        if (group == null) {
            throw new WireException(
                    ErrorCode.NO_SUCH_SUBSCRIPTION, "there is no subscription '" + name + "'");
        }
        if (!group.consumers.isEmpty() || group.position.heldCount() > group.releasing) {
            throw new WireException(
                    ErrorCode.SUBSCRIPTION_IN_USE,
                    "'" + name + "' has a consumer or unacknowledged messages");
        }
        decisions.deleteGroup(group);
    }

    void credit(Client client, ClientFrame.Credit frame) {
        Consumer consumer = client.consumer(frame.consumerId());
        if (consumer == null || consumer.isDetached()) {
            if (frame.drainToken() != 0) {
                decisions.tell(
                        client, new BrokerFrame.Drained(frame.consumerId(), frame.drainToken()));
            }
            return;
        }
        consumer.grant(frame);
        decisions.dispatcher().enqueue(consumer.group);
    }

    void detach(Client client, int consumerId) {
        Consumer consumer = client.consumer(consumerId);
        if (consumer == null || consumer.isDetached()) {
            throw new WireException(
                    ErrorCode.NO_SUCH_CONSUMER, "consumer " + consumerId + " is not known");
        }
        end(consumer);
    }

    private void end(Consumer consumer) {
        Group group = consumer.group;
        endDrains(consumer);
        if (consumer.stream != null) {
            // the client knows only a part of the message, and forgets it
            consumer.stream.takeBack();
        }
        if (consumer instanceof Browser browser) {
            group.browsers.remove(browser);
        } else {
            group.remove(consumer);
        }
        consumer.detach();
        boolean dies =
                group.source == ClientFrame.Source.TOPIC
                        || group.isSide()
                        || group.source == ClientFrame.Source.SHARED;
        if (dies && group.consumers.isEmpty() && !group.gone) {
            decisions.deleteGroup(group);
        }
    }

    private void endDrains(Consumer consumer) {
        while (consumer.isDraining()) {
            decisions.tell(
                    consumer.client, new BrokerFrame.Drained(consumer.id, consumer.endDrain()));
        }
    }

    /**
     * Ends the browsers of a destination that is being deleted: who takes nothing keeps nobody from
     * that. Drains under way are answered after the client knows that the browser is no more.
     */
    private void endBrowsers(Destination destination) {
        List<Group> browsed = new ArrayList<>(destination.groups.values());
        if (destination.onlookers() != null) {
            browsed.add(destination.onlookers());
        }
        for (Group group : browsed) {
            for (Browser browser : group.browsers.removeAll()) {
                decisions.tell(
                        browser.client,
                        new BrokerFrame.ConsumerClosed(
                                browser.id,
                                ErrorCode.NO_SUCH_DESTINATION,
                                destination.name + " was deleted while it was browsed"));
                endDrains(browser);
                if (browser.stream != null) {
                    browser.stream.takeBack();
                }
                browser.detach();
            }
        }
    }

    /**
     * Ends all consumers and browsers of a destination that is being deleted. What they hold, they
     * may still settle.
     */
    void evictAll(Destination destination) {
        endBrowsers(destination);
        for (Group group : new ArrayList<>(destination.groups.values())) {
            for (Consumer consumer : new ArrayList<>(group.consumers)) {
                decisions.tell(
                        consumer.client,
                        new BrokerFrame.ConsumerClosed(
                                consumer.id,
                                ErrorCode.NO_SUCH_DESTINATION,
                                destination.name + " was deleted"));
                end(consumer);
            }
        }
    }

    /**
     * Ends all consumers and temporary destinations of a connection that is gone: as many as it
     * could have, at once, so that nobody meets them any more.
     */
    void endAll(Client client) {
        for (Consumer consumer : new ArrayList<>(client.consumers.values())) {
            if (!consumer.isDetached()) {
                end(consumer);
            }
        }
    }
}
