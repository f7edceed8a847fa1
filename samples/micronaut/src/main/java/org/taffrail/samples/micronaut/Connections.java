// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.micronaut;

import io.micronaut.context.annotation.Factory;
import io.micronaut.jms.annotations.JMSConnectionFactory;

import jakarta.jms.ConnectionFactory;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Where the connections come from: what {@code jndi.properties} says. Micronaut pools them. */
@Factory
public class Connections {
    /** The name by which clients and listeners ask for it. */
    public static final String NAME = "shop";

    /** For Micronaut. */
    public Connections() {}

    /**
     * Looks the connection factory up.
     *
     * @return what is bound to {@code ConnectionFactory}
     * @throws NamingException if nothing is
     */
    @JMSConnectionFactory(NAME)
    public ConnectionFactory connectionFactory() throws NamingException {
        return (ConnectionFactory) new InitialContext().lookup("ConnectionFactory");
    }
}
