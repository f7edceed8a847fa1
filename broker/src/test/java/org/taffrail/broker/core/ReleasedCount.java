// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/** Counts the messages that a batch's events give back. */
final class ReleasedCount implements Event.Visitor {
    long messages;

    @Override
    public void onReleased(Event.Released event) {
        for (int i = 0; i < event.ranges().length; i += 2) {
            messages += event.ranges()[i + 1] - event.ranges()[i] + 1;
        }
    }

    @Override
    public void onDestinationCreated(Event.DestinationCreated event) {}

    @Override
    public void onDestinationDeleted(Event.DestinationDeleted event) {}

    @Override
    public void onGroupCreated(Event.GroupCreated event) {}

    @Override
    public void onGroupDeleted(Event.GroupDeleted event) {}

    @Override
    public void onSettled(Event.Settled event) {}

    @Override
    public void onExposed(Event.Exposed event) {}

    @Override
    public void onStarted(Event.Started event) {}

    @Override
    public void onRestarted(Event.Restarted event) {}

    @Override
    public void onFilled(Event.Filled event) {}

    @Override
    public void onBranch(Event.OfBranch event) {}

    @Override
    public void onProducer(Event.OfProducer event) {}

    @Override
    public void onMarked(Event.Marked event) {}
}
