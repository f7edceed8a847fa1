// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.Topic;

import org.taffrail.link.ConnectionOptions;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.record.DestinationKind;

import java.io.Serializable;
import java.util.Map;

import javax.naming.Reference;
import javax.naming.StringRefAddr;

/**
 * A destination's kind, its name at the broker, and the options that were written behind the name:
 * {@code orders?consumer.prefetch=1&start=earliest}. The options say how this client uses the
 * destination; they are no part of its identity: two destinations are equal when kind and name are.
 *
 * <p>Immutable and thread-safe. Serializable (Jakarta Messaging 5.1); queues and topics are {@link
 * javax.naming.Referenceable} as well.
 */
public abstract sealed class TaffrailDestination implements Destination, Serializable
        permits TaffrailQueue, TaffrailTopic, TaffrailTemporaryQueue, TaffrailTemporaryTopic {
    /** The address in a JNDI reference that holds name and options. */
    public static final String NAME_ADDRESS = "name";

    /** The class that makes a destination of its JNDI reference again. */
    public static final String OBJECT_FACTORY = "org.taffrail.jms.jndi.TaffrailObjectFactory";

    private static final long serialVersionUID = 1L;

    /** The name, at the broker. */
    private final String name;

    /** What stood behind the question mark, or null. */
    private final String optionText;

    /** Made of {@link #optionText} when first asked for after deserialization. */
    private transient Map<String, String> options;

    /**
     * Takes name and options apart.
     *
     * @param nameAndOptions a name, or a name, a question mark and options
     * @throws IllegalArgumentException if the name is null or empty or the options can't be read
     */
    TaffrailDestination(String nameAndOptions) {
        this(DestinationOptions.name(nameAndOptions), DestinationOptions.text(nameAndOptions));
    }

    /**
     * Makes a destination of its parts.
     *
     * @param name the name at the broker
     * @param optionText what stands behind the question mark, or null
     */
    TaffrailDestination(String name, String optionText) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a destination needs a name");
        }
        this.name = name;
        this.optionText = optionText;
        this.options = DestinationOptions.parse(optionText);
    }

    /**
     * Returns the kind.
     *
     * @return never null
     */
    public abstract DestinationKind kind();

    /**
     * Returns the name at the broker.
     *
     * @return never empty, without options
     */
    public final String name() {
        return name;
    }

    /**
     * Returns the options that were written behind the name.
     *
     * @return names and values in the order written, unmodifiable; often empty
     */
    public final Map<String, String> options() {
        if (options == null) {
            options = DestinationOptions.parse(optionText);
        }
        return options;
    }

    /** Refuses options that a consumer would refuse. */
    final void checkOptions() {
        try {
            ConsumerOptions.of(this, ConnectionOptions.defaults());
        } catch (JMSException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Returns name and options as they were written.
     *
     * @return what the constructor of a queue or topic takes
     */
    public final String nameWithOptions() {
        return optionText == null ? name : name + '?' + optionText;
    }

    /**
     * Makes a destination from what an application wrote.
     *
     * @param kind its kind; a temporary one belongs to nobody here, so it can't be deleted
     * @param nameAndOptions a name, or a name, a question mark and options; for a temporary kind
     *     nothing but the name
     * @return the destination
     * @throws InvalidDestinationException if the name is null or empty or the options can't be read
     */
    public static TaffrailDestination of(DestinationKind kind, String nameAndOptions)
            throws InvalidDestinationException {
        try {
            return kind.isTemporary()
                    ? physical(kind, nameAndOptions)
                    : make(
                            kind,
                            DestinationOptions.name(nameAndOptions),
                            DestinationOptions.text(nameAndOptions));
        } catch (IllegalArgumentException e) {
            throw JmsErrors.caused(
                    new InvalidDestinationException(e.getMessage(), ErrorCode.INVALID_NAME.name()),
                    e);
        }
    }

    /**
     * Makes a destination from a name that came from the broker and is nothing but a name.
     *
     * @param kind its kind; a temporary one belongs to nobody here, so it can't be deleted
     * @param name its name
     * @return the destination, without options
     */
    public static TaffrailDestination physical(DestinationKind kind, String name) {
        return make(kind, name, null);
    }

    private static TaffrailDestination make(DestinationKind kind, String name, String optionText) {
        switch (kind) {
            case QUEUE:
                return new TaffrailQueue(name, optionText);
            case TOPIC:
                return new TaffrailTopic(name, optionText);
            case TEMPORARY_QUEUE:
                return new TaffrailTemporaryQueue(name, null);
            case TEMPORARY_TOPIC:
                return new TaffrailTemporaryTopic(name, null);
            default:
                throw new IllegalArgumentException("destination kind " + kind);
        }
    }

    /**
     * Returns a destination of this provider for any destination object; one of another provider is
     * known by its name. An object that is both queue and topic counts as what it has a name for,
     * as a queue first.
     *
     * @param destination any destination
     * @return the same object where it is one of ours
     * @throws InvalidDestinationException if it is null, neither queue nor topic, or has no name
     * @throws JMSException if the foreign object fails
     */
    public static TaffrailDestination of(Destination destination) throws JMSException {
        if (destination instanceof TaffrailDestination ours) {
            return ours;
        }
        if (destination instanceof Queue queue && queue.getQueueName() != null) {
            return of(
                    queue instanceof TemporaryQueue
                            ? DestinationKind.TEMPORARY_QUEUE
                            : DestinationKind.QUEUE,
                    queue.getQueueName());
        }
        if (destination instanceof Topic topic && topic.getTopicName() != null) {
            return of(
                    topic instanceof TemporaryTopic
                            ? DestinationKind.TEMPORARY_TOPIC
                            : DestinationKind.TOPIC,
                    topic.getTopicName());
        }
        throw new InvalidDestinationException(
                destination == null
                        ? "the destination is null"
                        : destination.getClass().getName() + " is neither a queue nor a topic",
                ErrorCode.INVALID_NAME.name());
    }

    /**
     * Makes the JNDI reference of a destination that lasts.
     *
     * @return class, name with options, and the factory that reads them
     */
    final Reference reference() {
        return new Reference(
                getClass().getName(),
                new StringRefAddr(NAME_ADDRESS, nameWithOptions()),
                OBJECT_FACTORY,
                null);
    }

    /** Deletes a temporary destination through the connection that made it. */
    final void delete(TemporaryOwner owner) throws JMSException {
        if (owner == null) {
            throw JmsErrors.of(
                    ErrorCode.NOT_OWNER_OF_TEMPORARY,
                    this + " can be deleted only by the connection that made it");
        }
        owner.delete(this);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TaffrailDestination destination
                && kind() == destination.kind()
                && name.equals(destination.name);
    }

    @Override
    public final int hashCode() {
        return 31 * kind().ordinal() + name.hashCode();
    }

    /**
     * Returns the destination as a person would write it.
     *
     * @return {@code queue://orders}, {@code temporary-topic://…}, with the options
     */
    @Override
    public final String toString() {
        String scheme = kind().isQueue() ? "queue://" : "topic://";
        return (kind().isTemporary() ? "temporary-" : "") + scheme + nameWithOptions();
    }
}
