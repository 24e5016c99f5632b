*** Settings ***
Documentation       Make a meeting that is recorded, and keep its video.
Library             zoom_connector.hosts.robot    connection=${CONNECTION}


*** Variables ***
${CONNECTION}       sales


*** Tasks ***
Keep The Recording Of A Meeting
    ${meeting} =    Create Meeting
    ...    topic=Kick-off
    ...    start_time=2030-01-07T10:00
    ...    timezone=Europe/Amsterdam
    ...    auto_recording=cloud
    Start Waiting For    recording_completed    meeting_id=${meeting}[id]
    ${recording} =    Wait For Event    recording_completed    timeout=2 hours
    ${saved} =    Download Recording    ${recording}[uuid]    ${OUTPUT_DIR}    file_type=MP4
    Log    ${saved}[path]
