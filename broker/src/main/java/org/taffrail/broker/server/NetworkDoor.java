// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.ConfigKey;
import org.taffrail.broker.config.SecurityKeys;
import org.taffrail.broker.config.TlsKeys;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a port may be opened to more than this machine: only where connections are encrypted and
 * clients have to be somebody, or where each of the two that is missing was accepted by name.
 */
public final class NetworkDoor {
    private NetworkDoor() {}

    /**
     * Demands that an address may be listened on.
     *
     * @param config what says how connections come in
     * @param host the key that says where
     * @param address the address that it leads to
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if not, saying what to do
     */
    public static void requireSafe(
            BrokerConfig config, ConfigKey<String> host, InetSocketAddress address) {
        List<String> risks = risks(config, address);
        risks.removeIf(config::takesRisk);
        if (risks.isEmpty()) {
            return;
        }
        StringBuilder why = new StringBuilder();
        why.append(host)
                .append('=')
                .append(config.get(host))
                .append(" opens the port to the network");
        if (risks.contains(SecurityKeys.CLEARTEXT)) {
            why.append("; without ")
                    .append(TlsKeys.KEY_STORE)
                    .append(" passwords and messages can be read, and changed, on the way");
        }
        if (risks.contains(SecurityKeys.STRANGERS)) {
            why.append("; without ")
                    .append(BrokerKeys.USERS_FILE)
                    .append(", or with ")
                    .append(BrokerKeys.ANONYMOUS)
                    .append("=true, strangers may do what everybody may");
        }
        why.append(". Set what is missing, or accept it by name: ")
                .append(SecurityKeys.NETWORK_RISKS)
                .append('=')
                .append(String.join(",", risks(config, address)));
        throw new WireException(ErrorCode.INVALID_OPTION, why.toString());
    }

    /**
     * Returns the risks that there are, accepted or not.
     *
     * @param config what says how connections come in
     * @param address where they come in
     * @return as {@link SecurityKeys#NETWORK_RISKS} names them; none for a loopback address
     */
    public static List<String> risks(BrokerConfig config, InetSocketAddress address) {
        List<String> risks = new ArrayList<>();
        InetAddress host = address.getAddress();
        if (host == null || host.isLoopbackAddress()) {
            return risks; // what has no address can't be listened on
        }
        if (!TlsDoor.isWanted(config)) {
            risks.add(SecurityKeys.CLEARTEXT);
        }
        boolean certified = config.get(TlsKeys.CLIENT_CERTIFICATES).equals(TlsKeys.REQUIRED);
        if (config.admitsAnonymous() && !certified) {
            risks.add(SecurityKeys.STRANGERS);
        }
        return risks;
    }
}
