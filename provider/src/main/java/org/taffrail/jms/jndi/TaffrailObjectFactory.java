// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailDestination;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;

import java.util.Hashtable;

import javax.naming.ConfigurationException;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;

/**
 * Makes connection factories, queues and topics of their references again: those that the objects
 * give out themselves, and those that an application server is configured with, whose type may also
 * be one of the interfaces of {@code jakarta.jms}.
 *
 * <p>A factory's reference has the address {@value TaffrailConnectionFactory#URL_ADDRESS}, a
 * destination's {@value TaffrailDestination#NAME_ADDRESS}.
 */
public final class TaffrailObjectFactory implements ObjectFactory {
    /** Makes a factory, as the naming system does. */
    public TaffrailObjectFactory() {}

    /**
     * Makes an object of its reference.
     *
     * @param object the reference
     * @param name not used
     * @param context not used
     * @param environment not used
     * @return the object; null where it is no reference to one of ours
     * @throws NamingException if the reference lacks its address, or that can't be used
     */
    @Override
    public Object getObjectInstance(
            Object object, Name name, Context context, Hashtable<?, ?> environment)
            throws NamingException {
        if (!(object instanceof Reference reference)) {
            return null;
        }
        try {
            switch (reference.getClassName()) {
                case "org.taffrail.jms.TaffrailConnectionFactory",
                "jakarta.jms.ConnectionFactory",
                "jakarta.jms.QueueConnectionFactory",
                "jakarta.jms.TopicConnectionFactory",
                "jakarta.jms.XAConnectionFactory",
                "jakarta.jms.XAQueueConnectionFactory",
                "jakarta.jms.XATopicConnectionFactory":
                    return new TaffrailConnectionFactory(
                            address(reference, TaffrailConnectionFactory.URL_ADDRESS));
                case "org.taffrail.jms.TaffrailQueue", "jakarta.jms.Queue":
                    return new TaffrailQueue(address(reference, TaffrailDestination.NAME_ADDRESS))
                            .checked();
                case "org.taffrail.jms.TaffrailTopic", "jakarta.jms.Topic":
                    return new TaffrailTopic(address(reference, TaffrailDestination.NAME_ADDRESS))
                            .checked();
                default:
                    return null;
            }
        } catch (IllegalArgumentException e) {
            ConfigurationException unusable =
                    new ConfigurationException(
                            "a reference to " + reference.getClassName() + ": " + e.getMessage());
            unusable.setRootCause(e);
            throw unusable;
        }
    }

    private static String address(Reference reference, String type) throws NamingException {
        RefAddr address = reference.get(type);
        if (address == null || !(address.getContent() instanceof String text)) {
            throw new ConfigurationException(
                    "a reference to "
                            + reference.getClassName()
                            + " has no address \""
                            + type
                            + "\"");
        }
        return text;
    }
}
