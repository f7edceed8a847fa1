// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;
import jakarta.jms.XAConnectionFactory;

import java.util.Properties;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * What is looked up in JNDI.
 *
 * @param plain {@code ConnectionFactory}, for who needs no global transaction
 * @param factory {@code XAConnectionFactory}
 * @param payments the queue of what is to be booked
 * @param receipts the queue of what was booked
 */
record XaResources(
        ConnectionFactory plain, XAConnectionFactory factory, Queue payments, Queue receipts) {
    static XaResources lookUp(Properties properties) throws NamingException {
        Context jndi = new InitialContext(properties);
        return new XaResources(
                (ConnectionFactory) jndi.lookup("ConnectionFactory"),
                (XAConnectionFactory) jndi.lookup("XAConnectionFactory"),
                (Queue) jndi.lookup("payments"),
                (Queue) jndi.lookup("receipts"));
    }
}
