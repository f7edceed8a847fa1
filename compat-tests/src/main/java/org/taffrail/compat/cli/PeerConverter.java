// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.peer.Flavour;
import org.taffrail.compat.peer.Peer;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.List;

/** Reads the name of a provider that the kit can start. */
final class PeerConverter implements ITypeConverter<Peer> {
    @Override
    public Peer convert(String text) {
        List<String> names = Flavour.STARTED.stream().map(Peer::toString).toList();
        return Flavour.STARTED.stream()
                .filter(peer -> peer.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'"
                                                + text
                                                + "' can't be started, did you mean "
                                                + Nearest.to(text, names).get(0)
                                                + "? There are "
                                                + String.join(", ", names)));
    }
}
