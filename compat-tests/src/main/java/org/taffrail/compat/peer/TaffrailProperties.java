// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import org.taffrail.compat.provider.SettingKey;

import java.util.Properties;

/** The defined properties that Taffrail sets where a connection factory asks for them. */
final class TaffrailProperties {
    private static final String NAME = "WithDefinedProperties";

    private TaffrailProperties() {}

    /**
     * Adds a connection factory that asks for all of them.
     *
     * @param jndi where
     * @param url where the broker is, up to where options may follow
     */
    static void ask(Properties jndi, String url) {
        jndi.setProperty(
                "connectionFactory." + NAME,
                url
                        + "jms.username="
                        + PeerServer.USER
                        + "&jms.password="
                        + PeerServer.PASSWORD
                        + "&jms.populateJMSXUserID=true"
                        + "&jms.applicationID=kit"
                        + "&jms.populateJMSXRcvTimestamp=true");
        PeerServer.set(jndi, SettingKey.DEFINED_PROPERTIES_FACTORY, NAME);
    }
}
